// Faults of the page that are known, by journey. Such a journey has to fail; once it does not, its line here is struck off.

const UNEQUAL = "below 900 pixels style/layout.css enlarges .bar-button, style/help.css enlarges .bar-help for fingers only";

export const FAULTS = {
  "Chromium: sizes: at 447 pixels the buttons of the bar are of one height": UNEQUAL,
  "Firefox: sizes: at 447 pixels the buttons of the bar are of one height": UNEQUAL,
  "WebKit: sizes: at 447 pixels the buttons of the bar are of one height": UNEQUAL,
  "WebKit: picture: links in the picture are underlined": "WebKit takes text-decoration with a style only in its longhands",
};
