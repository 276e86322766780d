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
    for (const part of ["lesson", "terminals", "picture"]) {
      const [shown] = await visit.marked(`part-${part}`);
      assert.ok(await shown.isDisplayed(), `${part} is in sight`);
    }
    await visit.screenshot("1280");
  },

  // The narrowest that MiniBrowser can be.
  async "at 447 pixels, each part by itself"(visit) {
    await visit.open();
    await visit.makeBucket();
    await visit.browser.resize(447, 800);
    const bar = await visit.find("navigation");
    for (const part of ["Lesson", "Terminals", "Picture"]) {
      await visit.click("button", new RegExp(`^${part}`), bar);
      await visit.until(`${part} to be in sight`, async () => (await visit.marked(`part-${part.toLowerCase()}`))[0].isDisplayed());
      await assertFits(visit, 447);
      await visit.screenshot(`447-${part.toLowerCase()}`);
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
