// Links of every version that was ever given out, which have to open for ever. That they hold what they were made of is
// tested in src/app/link.rs.

import assert from "node:assert/strict";
import { test } from "../harness.mjs";
import { buckets, clients, currentStep, tabStates } from "../parts.mjs";

/** A journal of the first version with every kind of act; what it holds stands in src/app/link.rs. */
const WORKED_LINK =
  "#v1=XY_BSsNAEIbv8xR_aSEHWZjZ7RJzsEieIxTWZjVpQlqSTUrAkxcfyKs37XtJEhH1-s_M938jkDixJrGxNsyMGKKZEmbshWJmbASNC53qfDv4FurYkdgp13OOaoDLc6RQKoQahjsoVZRdOLUjDG" +
  "n5u3vuA1JUfkTkMLi69xHdMuNemHkpvjnUpW-CEGNjfg4vLhwKpDRb_gLmvl6AJHqZjLP3ncH1_ePt-vL5SsJYb1EN6uLqKhTtqX8qJhBWQpPfiknbWcJOEvJdcW7LJjwiclnzkGURnv9_QZaxN7RlhjLE2Gn6Ag";

/** A journal of the second version: two widths, and two clients from outside, one of which was still there. */
const WIDE_LINK =
  "#v1=tZBRS8MwFIV9zq84lIIOVklS6tgmPkxERJg-qE9FieudieuSmqSTof42H_xj0oqKP8CnA_c73HPulRCjcZGPi5HMOecYQUjOxpzjVrAR50gFrIohC-Q3" +
  "5JE9BiY4XkUumSg6LnuO1QaqqjBDlmkTovNb5MiyisLCmyYaZ7H7rFWECaidfSCPqJUFmQcdt1i4ul3bMISyFYJ2Pn4bFHRrK09Vj6I2Pm6z-Ozgloia1rtM" +
  "cuwxjkOB44v5_OT4Ci_Jhvy9C5RMlqoONEysWlMySYJ2TTJMNKmKfEgm0bcddHeeQuPs7_Ct9KW9PJufdsryfvvl9Qzp-c3-bH9FWxQdUWW58_Fe2t5VfNWQ" +
  "_1ZDcI6B6ITj9YCzP9-vwxRL52FgLNK9QE_IB1NU7sfRtBEz2NQgNR2wxHLeF_69rFaRILs0bfpM2YUdSfYJ";

/** Nothing is said of the link but whose world it is. */
const SHARED = /^(This is what the link holds, a world that somebody has shared|Das steckt in dem Link: eine Welt, die jemand geteilt hat)/;

/** A journal of the first version in which nothing was done. */
const FRESH_LINK = "#v1=M1QwNLc0NbY0NTcyNjAw4DI1MjZQsDPiAgA";

test("of the first version open in the page", { path: WORKED_LINK, locale: "de-DE", timezoneId: "Asia/Tokyo" }, async (visit) => {
  await visit.assertTold(SHARED);
  const tabs = await tabStates(visit.page);
  assert.deepEqual(tabs.map((tab) => tab.replace(/\s+/g, " ")), ["server (läuft) false", "you true"]);
  const text = await visit.terminal("you").text();
  assert.match(text, /Bucket B created 2026-11-23 03:02:06\n[^]*kv put B key 'a value'\s+a value\s+you\$ nats kv del B key\s+\? Delete key B > key\? Yes/);
  assert.match(await visit.terminal("server").text(), /Listening for client connections on 127\.0\.0\.1:4222/);
  assert.match(await buckets(visit.page).innerText(), /B[^]*\bk\b/);
  assert.match(await currentStep(visit.page).innerText(), /^5/);
});

test("of the first version and of a fresh world open in the page", { path: FRESH_LINK }, async (visit) => {
  await visit.assertTold(SHARED);
  assert.match(await visit.terminal("server").text(), /2026\/11\/23 01:02:03\.000000 \[INF\] Starting nats-server/);
});

test("of the second version open in the page", { path: WIDE_LINK }, async (visit) => {
  await visit.assertTold(SHARED);
  assert.match(await visit.terminal("you").text(), /│ B +│ what is longer than eighty columns, and shorte[^│]* ≈\n/, "a table for 80 columns, since 60 were in sight");
  assert.match(await buckets(visit.page).innerText(), /late\s+hi[^]*n3[^]*key/);
  assert.equal(await clients(visit.page).filter({ hasText: "shop" }).count(), 0);
});
