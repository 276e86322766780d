// The built page as it is served to a browser, and the page of somebody else around it. Each journey has a site of its
// own: another port is another origin, for which a browser has kept nothing.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { serve } from "../../../tools/serve.mjs";

const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));
const isProgram = (path) => path.endsWith(".wasm");

export class Site {
  static async open() {
    const site = new Site();
    const { server, address } = await serve(DIST);
    Object.assign(site, { server, address, gate: null, asked: [] });
    const [answer] = server.listeners("request");
    server.off("request", answer);
    server.on("request", async (request, response) => {
      site.asked.push(request.url);
      if (isProgram(request.url)) await site.gate;
      answer(request, response);
    });
    return site;
  }

  /** Keeps the program back, until the function that this gives is called. */
  hold() {
    let release;
    this.gate = new Promise((done) => (release = done));
    return release;
  }

  /** How often the program was asked for. */
  get fetches() {
    return this.asked.filter(isProgram).length;
  }

  /** Serves a page of another origin, and of another site; its address. */
  async around(html) {
    this.host = createServer((_, response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html));
    await new Promise((done) => this.host.listen(0, "127.0.0.1", done));
    return `http://localhost:${this.host.address().port}/`;
  }

  close() {
    for (const server of [this.server, this.host]) {
      server?.close();
      server?.closeAllConnections();
    }
  }
}
