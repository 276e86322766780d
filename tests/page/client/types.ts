// What nats-playground.d.ts promises has to suit the client's own types; nobody runs this.
/// <reference path="../../../web/nats-playground.d.ts" />
import { Kvm } from "@nats-io/kv";
import { type NatsConnection, wsconnect, type WsConnectionOptions, type WsSocketFactory } from "@nats-io/nats-core";

const factory: WsSocketFactory = window.natsPlayground.wsFactory;
const options: WsConnectionOptions = { servers: "ws://playground", wsFactory: factory };
const socket: WebSocket = window.natsPlayground.connect();
const version: 1 = window.natsPlayground.version;

export async function example(): Promise<NatsConnection> {
  await window.natsPlayground.ready;
  const nc = await wsconnect(options);
  await (await new Kvm(nc).open("my-kv")).put("Key1", `${version} ${socket.readyState}`);
  return nc;
}
