// A world in a link: what was done in it, deflated, in the alphabet of addresses (RFC 4648, section 5).
//
// `#v1=…` holds the text of a journal (src/app/journal.rs) without its first word. Links of old versions have to open
// for ever; tests/page/cases/links.mjs keeps some.

/** Characters of a link that is still opened, and bytes that it may hold, so that a small link cannot fill the memory. */
const LONGEST_LINK = 512 * 1024;
const LONGEST_TEXT = 4 * 1024 * 1024;

/** Every journal begins with it. */
const MARK = "nats-kv ";

/** What stands for a link of a newer page: a journal of a version that there will never be. */
const NEWER = `${MARK}999999999`;

/** The fragment of the address that holds a journal. */
async function pack(journal) {
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(journal.slice(MARK.length)));
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return `#v1=${btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

/** The journal in a fragment; a link that cannot be read gives a text that is none. */
async function unpack(fragment) {
  const [, version, packed] = /^#v(\d+)=(.*)$/s.exec(fragment) ?? [];
  if (version !== "1") return version > 1 ? NEWER : "";
  if (packed.length > LONGEST_LINK) return "";
  try {
    const bytes = Uint8Array.from(atob(packed.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
    const text = await through(new DecompressionStream("deflate-raw"), bytes);
    return MARK + new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return "";
  }
}

/** What comes out of a stream that the bytes are put into. */
async function through(stream, bytes) {
  const whole = [];
  let length = 0;
  for (const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    whole.push(value);
    length += value.length;
    if (length > LONGEST_TEXT) {
      await reader.cancel();
      throw new RangeError("too long");
    }
  }
  return new Uint8Array(await new Blob(whole).arrayBuffer());
}

globalThis.playgroundLinks = { pack, unpack };
