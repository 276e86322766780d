// The page fills the window at two widths, nothing hangs over, and pictures of it are kept.

import assert from "node:assert/strict";

const overhang = "return [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]";

async function assertFits(visit, width) {
  assert.equal(await visit.script("return innerWidth"), width);
  const [right, below] = await visit.script(overhang);
  assert.ok(right <= 0 && below <= 0, `nothing hangs over: ${right} pixels at the side, ${below} below`);
}

export default {
  async "at 1280 pixels"(visit) {
    await visit.open();
    await visit.makeBucket();
    await assertFits(visit, 1280);
    for (const pane of ["lesson", "terminals", "inspector"]) {
      const [shown] = await visit.marked(`pane-${pane}`);
      assert.ok(await shown.isDisplayed(), `${pane} is in sight`);
    }
    await visit.screenshot("1280");
  },

  // The narrowest that MiniBrowser can be.
  async "at 447 pixels, each part by itself"(visit) {
    await visit.open();
    await visit.makeBucket();
    await visit.browser.resize(447, 800);
    const bar = await visit.find("navigation");
    for (const [label, pane] of Object.entries({ Lesson: "lesson", Terminals: "terminals", Picture: "inspector" })) {
      await visit.click("button", new RegExp(`^${label}`), bar);
      await visit.until(`${label} to be in sight`, async () => (await visit.marked(`pane-${pane}`))[0].isDisplayed());
      await assertFits(visit, 447);
      await visit.screenshot(`447-${pane}`);
    }
  },

  async "at 447 pixels the buttons of the bar are of one height"(visit) {
    await visit.browser.resize(447, 800);
    await visit.open();
    const bar = await visit.find("banner");
    const buttons = await visit.all("button", undefined, bar);
    assert.ok(buttons.length > 2);
    const heights = await Promise.all(buttons.map((button) => button.getRect().then(({ height }) => Math.round(height))));
    assert.deepEqual(heights, heights.map(() => heights[0]));
  },
};
