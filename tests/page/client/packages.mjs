// The official client for browsers, as the page's programs would import it: three npm packages in one module.

import { build } from "esbuild";

const EXPORTS = `
export { wsconnect } from "@nats-io/nats-core";
export { jetstreamManager } from "@nats-io/jetstream";
export { Kvm } from "@nats-io/kv";
`;

export async function bundle() {
  const resolveDir = import.meta.dirname;
  const built = await build({ stdin: { contents: EXPORTS, resolveDir }, bundle: true, format: "esm", write: false, logLevel: "error" });
  return built.outputFiles[0].text;
}
