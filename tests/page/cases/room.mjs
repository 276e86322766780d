// Room for what is looked at: dividers, tablets, lines that go on, and buttons that are not in the way.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { notice, pane } from "../parts.mjs";

const width = async ({ root }) => (await root.boundingBox()).width;

test("the terminal in use has most of the room, until a divider is moved", async (visit) => {
  const { page } = visit;
  const [server, you] = [visit.terminal("server"), visit.terminal("you")];
  assert.ok((await width(you)) > 1.4 * (await width(server)));
  await server.select();
  assert.ok((await width(server)) > 1.4 * (await width(you)));
  const divider = page.getByRole("separator", { name: "Where you begins" });
  await divider.focus();
  assert.equal(await divider.getAttribute("aria-valuenow"), "60");
  assert.equal(await divider.getAttribute("aria-orientation"), "vertical");
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-valuenow") === "55");
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-valuenow") === "15");
  await visit.assertAccessible();
  await visit.screenshot("room-divided");
  const share = async () => (await width(server)) / ((await width(server)) + (await width(you)));
  assert.ok(Math.abs((await share()) - 0.15) < 0.01);
  await you.select();
  assert.ok(Math.abs((await share()) - 0.15) < 0.01, "what somebody chose stays");
  // What programs are told follows.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await visit.terminal("you").run("nats kv --help");
  const [text] = /The\s+JetStream\s+Key-Value\s.*?\n\n/s.exec(await you.last());
  const wide = Math.max(...text.split("\n").map((line) => line.length));
  const [box, handle] = [await you.root.boundingBox(), await divider.boundingBox()];
  await page.mouse.move(handle.x + 2, handle.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 100, { steps: 4 });
  await page.mouse.move(box.x + 400, box.y + 100, { steps: 4 });
  await page.mouse.up();
  assert.ok((await share()) > 0.55, `${await share()}`);
  await page.mouse.move(box.x + 600, box.y + 100);
  assert.ok((await share()) < 0.7, "it is let go");
  await visit.terminal("you").run("nats kv --help");
  const [again] = /The\s+JetStream\s+Key-Value\s.*?\n\n/s.exec(await you.last());
  assert.ok(Math.max(...again.split("\n").map((line) => line.length)) < wide - 10);
  await divider.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-valuenow") === "40");
});

test("dividers stand at the next visit where they were left", async (visit) => {
  const { page } = visit;
  const names = ["Room of the terminals above the picture", "Where you begins"];
  const values = async () => {
    const all = [];
    for (const name of names) {
      const divider = page.getByRole("separator", { name });
      await divider.focus();
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      all.push(await divider.getAttribute("aria-valuenow"));
    }
    return all;
  };
  for (const name of names) {
    await page.getByRole("separator", { name }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
  }
  const left = await values();
  await visit.goto("");
  assert.deepEqual(await values(), left);
  await page.getByRole("separator", { name: names[0] }).focus();
  await page.keyboard.press("Enter");
  await visit.goto("");
  assert.notEqual((await values())[0], left[0], "it is up to the page again");
});

for (const [size, name] of [[1280, "horizontal"], [1920, "vertical"]]) {
  test(`picture and terminals are divided, at ${size} pixels`, { viewport: { width: size, height: 900 } }, async (visit) => {
    const { page } = visit;
    const divider = page.getByRole("separator", { name: "Room of the terminals above the picture" });
    const room = async () => {
      const [terminals, picture] = [await pane(page, "terminals").boundingBox(), await pane(page, "inspector").boundingBox()];
      const side = name === "vertical" ? "width" : "height";
      return Math.round((100 * terminals[side]) / (terminals[side] + picture[side]));
    };
    await divider.focus();
    assert.equal(await divider.getAttribute("aria-orientation"), name);
    const before = await room();
    assert.equal(Number(await divider.getAttribute("aria-valuenow")), before);
    await page.keyboard.press(name === "vertical" ? "ArrowLeft" : "ArrowUp");
    await page.waitForFunction((value) => Math.abs(document.activeElement.getAttribute("aria-valuenow") - value) <= 1, before - 5);
    assert.ok(Math.abs((await room()) - (before - 5)) <= 1);
    await page.keyboard.press("Enter");
    await page.waitForFunction((value) => document.activeElement.getAttribute("aria-valuenow") === value, String(before));
    await visit.assertAccessible();
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`a table that goes on says so at its edge, ${colorScheme}`, { viewport: { width: 1440, height: 900 }, colorScheme }, async (visit) => {
    const { page } = visit;
    await visit.terminal("server").press("Control+c");
    await visit.terminal("server").run("nats-server -js");
    const you = visit.terminal("you");
    await you.run("nats kv add my-kv --history 5");
    await you.run("nats kv put my-kv Key1 Value1");
    await you.type("clear");
    await you.press("Enter");
    /** How far the ground at the right edge is from that in the middle, from 0 to 1, in a row of pixels without text. */
    const shade = async () => {
      const { x, y, width, height } = await you.root.getByRole("region").boundingBox();
      const clip = { x, y: y + height - 60, width, height: 1 };
      const picture = (await page.screenshot({ clip })).toString("base64");
      return page.evaluate(async (picture) => {
        const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(bitmap.width, 1).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        // Beside a scrollbar, if there is one.
        const at = (x) => context.getImageData(x, 0, 1, 1).data[1];
        const edge = Array.from({ length: 24 }, (_, back) => at(bitmap.width - 2 - back));
        return Math.max(...edge.map((pixel) => Math.abs(pixel - at(Math.round(bitmap.width * 0.6))))) / 255;
      }, picture);
    };
    assert.ok((await shade()) < 0.03, `nothing goes on: ${await shade()}`);
    const row = you.root.getByTestId("transcript");
    await you.run("nats kv history my-kv Key1");
    const output = you.root.getByRole("region");
    const isWide = await output.evaluate((output) => output.scrollWidth > output.clientWidth);
    if (!isWide) return; // All of it has room, which is better.
    await row.waitFor();
    await visit.screenshot(`room-history-${colorScheme}`);
    assert.ok((await shade()) > 0.08, `it goes on: ${await shade()}`);
    await output.focus();
    for (let press = 0; press < 40; press++) await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(400);
    assert.ok((await shade()) < 0.03, `this is its end: ${await shade()}`);
  });
}

test("buttons that come with the pointer never cover a text", async (visit) => {
  const { page } = visit;
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  const you = visit.terminal("you");
  await you.run("nats kv add B; nats kv put B k v");
  await you.run("nats kv watch B &");
  await you.run("nats kv put B k 'a value that is long enough to go on to the next line, and once more to the one after that'");
  await you.run("echo 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40");
  await you.run("seq 3");
  for (const name of ["server", "you"]) {
    const covered = await visit.terminal(name).root.evaluate((terminal) => {
      const found = [];
      for (const block of terminal.querySelectorAll("[data-testid=block]")) {
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const boxes = [];
        while (texts.nextNode()) {
          if (texts.currentNode.parentElement.closest("button")) continue;
          const range = document.createRange();
          range.selectNodeContents(texts.currentNode);
          boxes.push(...range.getClientRects());
        }
        for (const button of block.querySelectorAll("button.term-copy")) {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          if (boxes.some((box) => box.left < right && box.right > left && box.top < bottom - 1 && box.bottom > top + 1)) found.push(block.innerText);
        }
      }
      return found;
    });
    assert.deepEqual(covered, [], name);
  }
  await you.blocks.last().hover();
  await visit.screenshot("room-buttons");
});

for (const colorScheme of ["light", "dark"]) {
  test(`a tablet shows two parts, ${colorScheme}`, { viewport: { width: 820, height: 1180 }, hasTouch: true, colorScheme }, async (visit) => {
    const { page } = visit;
    const shown = async () => {
      const all = await Promise.all(["lesson", "terminals", "inspector"].map(async (name) => [name, await pane(page, name).isVisible()]));
      return all.filter(([, isVisible]) => isVisible).map(([name]) => name);
    };
    const turnTo = (name) => page.getByRole("navigation").getByRole("button", { name }).click();
    assert.deepEqual(await shown(), ["lesson", "terminals"]);
    await visit.assertAccessible();
    await visit.screenshot(`room-820-lesson-${colorScheme}`);
    await turnTo("Picture");
    assert.deepEqual(await shown(), ["terminals", "inspector"]);
    await visit.terminal("you").run("nats account info");
    await visit.screenshot(`room-820-picture-${colorScheme}`);
    await turnTo("Terminals");
    assert.deepEqual(await shown(), ["terminals", "inspector"]);
    await visit.assertAccessible();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
}

test("a flag is not broken behind its hyphen", { viewport: { width: 380, height: 740 } }, async (visit) => {
  const { page } = visit;
  await page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
  await visit.terminal("you").run("echo with some words nats-server -js and --allow-msg-ttl");
  for (let width = 320; width < 420; width += 4) {
    await page.setViewportSize({ width, height: 740 });
    const broken = await visit.terminal("you").blocks.last().getByTestId("command").evaluate((command) => {
      const texts = document.createTreeWalker(command, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) {
        const node = texts.currentNode;
        for (const { index, 0: word } of node.data.matchAll(/\S*-\S*/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
        }
      }
      return found;
    });
    assert.deepEqual(broken, [], `at ${width} pixels`);
  }
});

/** What can be used, or has just changed, and is under `box` or out of sight. */
const hidden = (page, box) =>
  page.evaluate((box) => {
    const found = [];
    for (const control of document.querySelectorAll("button, a, input, textarea, select, [data-testid=key]")) {
      if (control.closest("[data-testid=notice], .visually-hidden") || !control.checkVisibility()) continue;
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const isUnder = left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
      // What is scrolled out of sight is covered by nothing.
      const place = document.elementFromPoint((Math.max(left, 0) + right) / 2, (top + bottom) / 2);
      if (isUnder && place?.closest("[data-testid=notice]")) found.push(control.ariaLabel ?? control.innerText);
    }
    return found;
  }, box);

for (const [width, height] of [[380, 740], [820, 1180], [1280, 800], [1920, 1080]]) {
  for (const path of ["", "?layout=terminal"]) {
    test(`a notice covers nothing, at ${width} pixels ${path}`, { viewport: { width, height }, path }, async (visit) => {
      const { page } = visit;
      if (width === 380 && !path) await page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();
      await visit.terminal("server").select();
      await visit.terminal("server").press("Control+c");
      await visit.terminal("server").run("nats-server -js");
      await visit.terminal("you").select();
      await visit.terminal("you").run("nats kv add B; seq 100; nats kv put B k v");
      await page.getByRole("button", { name: "Open another terminal" }).click();
      await page.getByRole("button", { name: /^Close client/ }).click();
      await notice(page, "is closed").waitFor();
      for (const name of width === 380 && !path ? ["Lesson", "Picture", "Terminals"] : [undefined]) {
        if (name) await page.getByRole("navigation").getByRole("button", { name }).click();
        const box = await notice(page).boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height, "it is in sight");
        assert.deepEqual(await hidden(page, box), [], name);
        const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        assert.ok(over <= 0, `nothing hangs over the edge: ${over} pixels`);
      }
      await visit.screenshot(`room-notice-${width}${path && "-alone"}`);
      // What comes next in the lesson is in sight, though it has less room.
      if (width >= 1280 && !path) {
        const [run, player] = [page.getByRole("button", { name: /^Run/ }).first(), page.getByRole("group", { name: "Play the walkthrough" })];
        const [next, below] = [await run.boundingBox(), await player.boundingBox()];
        assert.ok(next.y + next.height <= below.y, `${JSON.stringify(next)} above ${JSON.stringify(below)}`);
      }
      // What was printed last is in sight, above the line.
      const you = visit.terminal("you");
      await you.select();
      const [last, output] = [await you.blocks.last().boundingBox(), await you.root.getByRole("region").boundingBox()];
      assert.ok(last.y + last.height <= output.y + output.height + 1, `${JSON.stringify(last)} in ${JSON.stringify(output)}`);
      await visit.assertAccessible();
    });
  }
}

test("the clock takes no more than two lines while something expires", { viewport: { width: 1920, height: 1080 } }, async (visit) => {
  const { page } = visit;
  const clock = page.getByRole("group", { name: "Simulated clock" });
  await visit.terminal("server").press("Control+c");
  await visit.terminal("server").run("nats-server -js");
  await visit.terminal("you").run("nats kv add B --ttl 1h; nats kv put B k v");
  await clock.getByRole("button", { name: /^To next expiry/ }).waitFor();
  const lines = () =>
    clock.evaluate((clock) => {
      const shown = [...clock.querySelectorAll("button, input, time")].filter((it) => it.checkVisibility());
      const middles = shown.map((it) => it.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2).sort((a, b) => a - b);
      return middles.filter((middle, index) => index === 0 || middle - middles[index - 1] > 8).length;
    });
  assert.ok((await lines()) <= 2, `${await lines()} lines`);
  await clock.getByRole("button", { name: "Hold" }).click();
  assert.ok((await lines()) <= 2, `${await lines()} lines while it is held`);
});

/** How high the part of a terminal is in which it shows what was printed, and the line below. */
const roomToRead = async ({ root }) => Math.round((await root.getByRole("region").boundingBox()).height);

for (const locale of ["en-US", "de-DE"]) {
  const phone = { hasTouch: true, isMobile: true, locale };
  const turnToTerminals = ({ page }) => page.getByRole("navigation").getByRole("button", { name: "Terminals" }).click();

  test(`the keyboard of a telephone leaves room to read, ${locale}`, { ...phone, viewport: { width: 380, height: 740 } }, async (visit) => {
    const { page } = visit;
    await turnToTerminals(visit);
    const you = visit.terminal("you");
    await you.input.focus();
    for (const height of [400, 420, 440, 460, 480, 500, 520, 560, 600]) {
      await page.setViewportSize({ width: 380, height });
      assert.ok((await roomToRead(you)) >= 220, `${await roomToRead(you)} of ${height} pixels`);
    }
    await page.setViewportSize({ width: 380, height: 400 });
    await visit.screenshot(`room-keyboard-${locale}`);
    // Without a keyboard nothing gives way, though the bar of addresses comes and goes.
    await page.setViewportSize({ width: 380, height: 740 });
    for (const height of [740, 684, 740]) {
      await page.setViewportSize({ width: 380, height });
      assert.ok(await page.getByRole("banner").getByRole("heading").isVisible(), `${height}`);
      const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      assert.ok(over <= 0, `${over} pixels hang over the edge`);
    }
  });

  test(`a keyboard that lies over the page does too, ${locale}`, { ...phone, viewport: { width: 380, height: 740 } }, async (visit) => {
    const { page } = visit;
    await turnToTerminals(visit);
    const you = visit.terminal("you");
    await you.input.focus();
    /** As on an iPhone: what is seen becomes lower, the page does not. */
    const open = (height, scale = 1) =>
      page.evaluate(({ height, scale }) => {
        Object.defineProperty(visualViewport, "height", { configurable: true, value: height });
        Object.defineProperty(visualViewport, "scale", { configurable: true, value: scale });
        visualViewport.dispatchEvent(new Event("resize"));
      }, { height, scale });
    await open(400);
    await page.waitForFunction(() => document.querySelector("[data-pane]").getBoundingClientRect().height === 400);
    assert.ok((await roomToRead(you)) >= 220, `${await roomToRead(you)} pixels`);
    const line = await you.root.getByTestId("line").boundingBox();
    assert.ok(line.y + line.height <= 400, "what is typed is in sight");
    await open(684);
    await page.waitForFunction(() => document.querySelector("[data-pane]").getBoundingClientRect().height === 740);
    await open(370, 2);
    await page.waitForTimeout(100);
    assert.equal((await page.locator("[data-pane]").first().boundingBox()).height, 740, "a page that is looked at closely is no lower");
  });
}
