// The server of the playground, for programs of the same page. With the official client:
//
//   import { wsconnect } from "@nats-io/nats-core";
//   import { Kvm } from "@nats-io/kv";
//
//   const nc = await wsconnect({ servers: "ws://playground", wsFactory: window.natsPlayground.wsFactory });
//   const kv = await new Kvm(nc).open("my-kv");
//   await kv.put("Key1", "Value1");
//
// The client joins the world of the page: its connection is in the picture, and a watcher in a terminal sees what it
// writes. While no `nats-server` runs in the page, connecting fails.

export interface NatsPlayground {
  /** Grows when something of this changes in a way that breaks programs. */
  readonly version: 1;
  /** Resolves once clients can connect. */
  readonly ready: Promise<void>;
  /** A connection to the server of the page, in the shape of a WebSocket with binary messages. */
  connect(url?: string): WebSocket;
  /** For `wsconnect` of @nats-io/nats-core. */
  wsFactory(url: string, options?: unknown): Promise<{ socket: WebSocket; encrypted: boolean }>;
}

declare global {
  interface Window {
    readonly natsPlayground: NatsPlayground;
  }
}
