// Starts the program, and stays behind it: what goes wrong below the program's own feet is said here.

const program = document.getElementById("program");
const { default: init } = await import(program.href);
await init({ module_or_path: new URL(program.dataset.wasm, document.baseURI) });
document.documentElement.dataset.ready = "";
