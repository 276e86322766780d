// The engines that the page is tried in by WebDriver: the program that drives each, and what a session asks it for.

const headless = (binary, ...args) => ({ ...(binary && { binary }), args: ["--headless", ...args] });

export const ENGINES = [
  {
    name: "Chromium",
    driver: "chromedriver",
    capabilities: {
      browserName: "chrome",
      webSocketUrl: true,
      "goog:chromeOptions": headless(process.env.CHROMIUM, "--no-sandbox", "--disable-gpu", "--no-first-run"),
    },
  },
  {
    name: "Firefox",
    driver: "geckodriver",
    capabilities: { browserName: "firefox", webSocketUrl: true, "moz:firefoxOptions": headless(process.env.FIREFOX) },
  },
  {
    // WebKitGTK, in its own small browser, which has no mode without a screen.
    name: "WebKit",
    driver: "WebKitWebDriver",
    capabilities: { browserName: "MiniBrowser" },
    // Driven, it has no cache, as in a private window; how often something is fetched is seen where it is not.
    undriven: process.env.MINIBROWSER ?? "MiniBrowser",
  },
];
