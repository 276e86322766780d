// The page opens under its policy, for everybody.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 380, 320]) {
    test(`at ${width} pixels, ${colorScheme}`, { viewport: { width, height: 760 }, colorScheme }, async (visit) => {
      assert.equal(await visit.page.locator("h1").innerText(), "NATS Key/Value playground");
      const over = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `nothing hangs over the side: ${over} pixels`);
      await visit.assertAccessible();
      await visit.screenshot(`open-${width}-${colorScheme}`);
    });
  }
}
