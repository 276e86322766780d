// Links of every version that was ever given out, which have to open for ever.

import assert from "node:assert/strict";
import { test, testFiles } from "../harness.mjs";
import { buckets, clients, currentStep, notice, tabStates } from "../parts.mjs";
import "../../../web/links.js";

const { pack, unpack } = globalThis.playgroundLinks;

/** A journal of the first version with every kind of act, and the link that holds it. */
const WORKED = `nats-kv 1 1795395723000 7 120
900 ^1
700 $1 nats-server -js
1500 $2 nats kv add B --ttl 30s --history 3
2100 $2 nats kv put B key 'a value'
800 @10000
900 +client1
0 $3 nats kv watch B
3000 $2 nats kv del B key
1200 $2 y
700 =3 żółć
10 #4 kv-walkthrough
300 !1
100 !0
2500 @15000
1000 $2 printf 'a\\nb\\\\' | nats kv put B k
50 ^3
400 -3
0 >2
`;
const WORKED_LINK =
  "#v1=XY_BSsNAEIbv8xR_aSEHWZjZ7RJzsEieIxTWZjVpQlqSTUrAkxcfyKs37XtJEhH1-s_M938jkDixJrGxNsyMGKKZEmbshWJmbASNC53qfDv4FurYkdgp13OOaoDLc6RQKoQahjsoVZRdOLUjDG" +
  "n5u3vuA1JUfkTkMLi69xHdMuNemHkpvjnUpW-CEGNjfg4vLhwKpDRb_gLmvl6AJHqZjLP3ncH1_ePt-vL5SsJYb1EN6uLqKhTtqX8qJhBWQpPfiknbWcJOEvJdcW7LJjwiclnzkGURnv9_QZaxN7RlhjLE2Gn6Ag";

/** A journal of the second version: two widths, and two clients from outside, one of which was still there. */
const HELLO = 'CONNECT {"verbose":false,"name":"shop","headers":true,"no_responders":true}\\r\\nPING\\r\\n';
const WIDE = `nats-kv 2 1795395723000 7 120
900 ^1
700 $1 nats-server -js
10 |132
1500 $2 nats kv add B --history 3 --description 'what is longer than eighty columns, and shorter than a hundred and thirty-two of them'
20 (
0 <1 ${HELLO}
30 <1 PUB $KV.B.key 5\\r\\na\\\\\u0000\u00ff\\n\\r\\n
5 (
0 <2 ${HELLO}
100 )1
1000 |60
0 $2 nats kv ls; for i in $(seq 3); do nats kv put B n$i $i; done
300 <2 PUB $KV.B.late 2\\r\\nhi\\r\\n
2000 >2
`;
const WIDE_LINK =
  "#v1=tZBRS8MwFIV9zq84lIIOVklS6tgmPkxERJg-qE9FieudieuSmqSTof42H_xj0oqKP8CnA_c73HPulRCjcZGPi5HMOecYQUjOxpzjVrAR50gFrIohC-Q3" +
  "5JE9BiY4XkUumSg6LnuO1QaqqjBDlmkTovNb5MiyisLCmyYaZ7H7rFWECaidfSCPqJUFmQcdt1i4ul3bMISyFYJ2Pn4bFHRrK09Vj6I2Pm6z-Ozgloia1rtM" +
  "cuwxjkOB44v5_OT4Ci_Jhvy9C5RMlqoONEysWlMySYJ2TTJMNKmKfEgm0bcddHeeQuPs7_Ct9KW9PJufdsryfvvl9Qzp-c3-bH9FWxQdUWW58_Fe2t5VfNWQ" +
  "_1ZDcI6B6ITj9YCzP9-vwxRL52FgLNK9QE_IB1NU7sfRtBEz2NQgNR2wxHLeF_69rFaRILs0bfpM2YUdSfYJ";

const GOLDEN = [
  ["#v1=M1QwNLc0NbY0NTcyNjAw4DI1MjZQsDPiAgA", "nats-kv 1 1795395723000\n5230 >2\n"],
  [WORKED_LINK, WORKED],
  [WIDE_LINK, WIDE],
  ["#v1=M1IwNLc0NbY0NTcyNjAw4DJXUDFSyEssKVbILlPIKVZw4jLQNjQyVogz4rI0MFCwM-ICAA", "nats-kv 2 1795395723000\n7 $2 nats kv ls B\n0+123 ^2\n900 >2\n"],
];

testFiles("hold what they were made of", async () => {
  for (const [link, text] of GOLDEN) assert.equal(await unpack(link), text);
  const long = `nats-kv 1 5\n${Array.from({ length: 3000 }, (_, at) => `${at} $2 nats kv put ż k${at} ${at * 7919}\n`).join("")}`;
  assert.equal(await unpack(await pack(long)), long);
});

testFiles("that are cut or changed are not taken for others", async () => {
  for (let end = 0; end < WORKED_LINK.length - 1; end++) {
    const text = await unpack(WORKED_LINK.slice(0, end));
    assert.ok(text === "" || !WORKED.startsWith(text.trim() || "?"), `cut at ${end}: ${text}`);
  }
  for (const wrong of ["", "#", "#v", "#v1", "#v0=abc", "#v1=!!!!", "#v1=AAAA", "#1=abc", "#step-3"]) {
    assert.equal(await unpack(wrong), "", wrong);
  }
  assert.match(await unpack("#v12=abc"), /^nats-kv 9+$/);
});

testFiles("that are small cannot fill the memory", async () => {
  const bomb = await pack(" ".repeat(64 << 20));
  assert.ok(bomb.length < 512 * 1024, `${bomb.length} characters`);
  assert.equal(await unpack(bomb), "");
});

test("of the first version open in the page", { path: WORKED_LINK, locale: "de-DE", timezoneId: "Asia/Tokyo" }, async (visit) => {
  assert.equal(await notice(visit.page).count(), 0);
  const tabs = await tabStates(visit.page);
  assert.deepEqual(tabs.map((tab) => tab.replace(/\s+/g, " ")), ["server (läuft) false", "you true"]);
  const text = await visit.terminal("you").text();
  assert.match(text, /Bucket B created 2026-11-23 03:02:06\n[^]*kv put B key 'a value'\s+a value\s+you\$ nats kv del B key\s+\? Delete key B > key\? Yes/);
  assert.match(await visit.terminal("server").text(), /Listening for client connections on 127\.0\.0\.1:4222/);
  assert.match(await buckets(visit.page).innerText(), /B[^]*\bk\b/);
  assert.match(await currentStep(visit.page).innerText(), /^5/);
});

test("of the first version and of a fresh world open in the page", { path: GOLDEN[0][0] }, async (visit) => {
  assert.equal(await notice(visit.page).count(), 0);
  assert.match(await visit.terminal("server").text(), /2026\/11\/23 01:02:03\.000000 \[INF\] Starting nats-server/);
});

test("of the second version open in the page", { path: WIDE_LINK }, async (visit) => {
  assert.equal(await notice(visit.page).count(), 0);
  assert.match(await visit.terminal("you").text(), /│ B +│ what is longer than eighty columns, and shorte[^│]* ≈\n/, "a table for 80 columns, since 60 were in sight");
  assert.match(await buckets(visit.page).innerText(), /key[^]*n3[^]*late[^]*hi/);
  assert.equal(await clients(visit.page).filter({ hasText: "shop" }).count(), 0);
});
