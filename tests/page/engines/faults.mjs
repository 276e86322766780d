// Faults of the page that are known, by journey. Such a journey has to fail; once it does not, its line here is struck off.

const UNMOVED = "reveal() in web/window.js sets scrollLeft right after scrollTop, which ends the smooth scrolling before it began";

export const FAULTS = {
  "Chromium: walkthrough: the lesson moves to the step that is opened": UNMOVED,
  "WebKit: walkthrough: the lesson moves to the step that is opened": UNMOVED,
  "WebKit: dialog: a click beside a dialog closes it": "WebKit does not know the attribute closedby",
  "WebKit: picture: links in the picture are underlined": "WebKit takes text-decoration with a style only in its longhands",
};
