// Lets programs of this page speak to the server that it holds: `natsPlayground.wsFactory` gives the official client
// for browsers something that looks like a WebSocket. Types and an example are in nats-playground.d.ts.

/** What the program exports, once it runs. */
let ready;
const program = new Promise((resolve) => (ready = resolve));
addEventListener("playground-ready", ({ detail }) => ready(detail), { once: true });

/** A WebSocket as far as NATS clients look, whose other end is the server of this page. */
class PlaygroundSocket extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  CONNECTING = 0;
  OPEN = 1;
  CLOSING = 2;
  CLOSED = 3;
  readyState = 0;
  binaryType = "arraybuffer";
  bufferedAmount = 0;
  extensions = "";
  protocol = "";
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;
  #channel;

  constructor(url = "ws://playground") {
    super();
    this.url = String(url);
    // Later, as with any WebSocket: whoever has made this one listens only then.
    program.then((exports) => setTimeout(() => this.#open(exports)));
  }

  #open(exports) {
    if (this.readyState !== 0) return;
    const id = exports.channel_open((bytes) => (bytes ? this.#hear(bytes) : this.#end(true)));
    if (id === undefined) {
      this.#tell(new Event("error"));
      this.#end(false);
      return;
    }
    this.#channel = { exports, id };
    this.readyState = 1;
    this.#tell(new Event("open"));
  }

  send(data) {
    if (this.readyState === 0) throw new DOMException("The connection is not open yet.", "InvalidStateError");
    if (this.readyState !== 1) return;
    const { exports, id } = this.#channel;
    exports.channel_send(id, bytesOf(data));
  }

  close() {
    if (this.readyState > 1) return;
    this.readyState = 2;
    if (this.#channel) this.#channel.exports.channel_close(this.#channel.id);
    queueMicrotask(() => this.#end(true));
  }

  #hear(bytes) {
    const data = this.binaryType === "blob" ? new Blob([bytes]) : bytes.buffer;
    this.#tell(new MessageEvent("message", { data }));
  }

  #end(wasClean) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#tell(new CloseEvent("close", { wasClean, code: wasClean ? 1000 : 1006 }));
  }

  /** Listeners of both kinds hear of it. */
  #tell(event) {
    this[`on${event.type}`]?.(event);
    this.dispatchEvent(event);
  }
}

function bytesOf(data) {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

window.natsPlayground = Object.freeze({
  version: 1,
  /** Resolves once clients can connect. */
  ready: program.then(() => undefined),
  connect: (url) => new PlaygroundSocket(url),
  wsFactory: async (url) => ({ socket: new PlaygroundSocket(url), encrypted: false }),
});
