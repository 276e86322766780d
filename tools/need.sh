# Finds or installs what ./start and ./check need; sourced by them from the project's folder.
#
# Built tools are kept outside the build folder, so a second run, and a second checkout, finds them.
# What PATH has in the right version is used as it is. Versions stand in Trunk.toml and
# tests/page/package.json; trunk's own stands here, since newer ones want a newer Rust, and those of the other tools.

trunk_version=0.21.14
cargo_deny_version=0.20.2
cargo_about_version=0.9.3
geckodriver_version=0.37.1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/nats-kv-playground
page_tests=tests/page

say() { printf '\n\033[1m== %s\033[0m\n' "$*" >&2; }
die() { printf '\nerror: %s\n' "$*" >&2; exit 1; }

# The version that Trunk.toml names for a tool.
named_version() { sed -n "s/^$1 *= *\"\(.*\)\"/\1/p" Trunk.toml; }

# Whether the first line of `program --version` begins with these words.
is_version() { case "$("$1" --version 2>/dev/null | sed -n 1p || true) " in "$2 "*) ;; *) return 1 ;; esac; }

need_rust() {
  command -v cargo >/dev/null || die "Rust is missing: see https://rustup.rs"
  if command -v rustup >/dev/null; then
    local have; have=$(rustup target list --installed; rustup component list --installed)
    case $have in *wasm32-unknown-unknown*) ;; *) say "rustup: the wasm32 target"; rustup target add wasm32-unknown-unknown ;; esac
    case $have in *rustfmt*) ;; *) say "rustup: rustfmt"; rustup component add rustfmt ;; esac
    case $have in *clippy*) ;; *) say "rustup: clippy"; rustup component add clippy ;; esac
  fi
  # Everything is fetched here once, so that trunk can be told to stay off the network.
  cargo fetch --quiet --locked
}

need_node() {
  command -v npm >/dev/null || die "Node.js 20 or later with npm is missing: see https://nodejs.org"
  local major; major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node.js 20 or later is needed, this is $(node --version)"
}

# Compiles a tool from crates.io, unless PATH or the cache has it. Not optimised: that would take twice
# as long, and what the tools do here takes seconds either way.
need_cargo_tool() { # crate, program, version, more arguments for cargo install
  local crate=$1 program=$2 version=$3; shift 3
  is_version "$program" "$program $version" && return
  PATH=$cache/bin:$PATH
  is_version "$program" "$program $version" && return
  say "$crate $version, from source (a minute or two, once)"
  env -u RUSTFLAGS -u CARGO_BUILD_TARGET CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install --quiet "$crate" --version "$version" --debug --force --root "$cache" "$@"
  is_version "$program" "$program $version" || die "$crate $version does not run"
}

# wasm-opt, the browser driver and the accessibility rules, in the versions of the lock file.
need_node_modules() {
  need_node
  if ! cmp -s "$page_tests/package-lock.json" "$page_tests/node_modules/.installed"; then
    say "npm: packages of $page_tests"
    npm ci --prefix "$page_tests" --no-audit --no-fund
    cp "$page_tests/package-lock.json" "$page_tests/node_modules/.installed"
  fi
}

# All that `trunk build` calls.
need_trunk() {
  need_cargo_tool wasm-bindgen-cli wasm-bindgen "$(named_version wasm_bindgen)"
  need_cargo_tool trunk trunk "$trunk_version" --no-default-features --locked
  need_node_modules
  PATH=$PWD/$page_tests/node_modules/.bin:$PATH
  local wanted; wanted=$(named_version wasm_opt)
  is_version wasm-opt "wasm-opt version ${wanted#version_}" ||
    die "Trunk.toml wants wasm-opt $wanted, $page_tests/package.json installs $(wasm-opt --version)"
}

# What reads the licences of the libraries, and what is known to be wrong with these.
need_licence_tools() {
  # What compares texts is optimised: it would take minutes.
  need_cargo_tool cargo-about cargo-about "$cargo_about_version" --locked --features cli --config profile.dev.package.spdx.opt-level=3
  need_cargo_tool cargo-deny cargo-deny "$cargo_deny_version" --locked --no-default-features
}

build_page() { trunk build --release --offline --skip-version-check; }

# Installs packages of Debian, or says what is missing.
need_packages() { # what for, packages...
  local what=$1; shift
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] ||
    die "$what is missing: install it (Debian: apt-get install $*), or run this as root"
  say "apt: $*"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    die "apt-get cannot install $*"
}

# Sets CHROMIUM to a Chromium or Chrome.
need_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then CHROMIUM=$(command -v "$name"); export CHROMIUM; return; fi
  done
  need_packages "Chromium (or its name in the variable CHROMIUM)" chromium
  CHROMIUM=$(command -v chromium); export CHROMIUM
}

# Puts the WebDrivers of Chromium, Firefox and WebKit on PATH, and sets FIREFOX and MINIBROWSER to the browsers.
need_engines() {
  need_chromium
  command -v chromedriver >/dev/null || need_packages "chromedriver, in the version of $CHROMIUM," chromium-driver
  FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox || true)}
  [ -n "$FIREFOX" ] || { need_packages Firefox firefox-esr; FIREFOX=$(command -v firefox-esr); }
  need_cargo_tool geckodriver geckodriver "$geckodriver_version" --locked
  command -v WebKitWebDriver >/dev/null || need_packages "WebKitWebDriver" webkit2gtk-driver
  MINIBROWSER=${MINIBROWSER:-$(find /usr/lib /usr/libexec -maxdepth 4 -name MiniBrowser -print -quit 2>/dev/null || true)}
  [ -x "$MINIBROWSER" ] || die "WebKit's MiniBrowser is not beside WebKitWebDriver: name it in the variable MINIBROWSER"
  command -v Xvfb >/dev/null || need_packages "Xvfb" xvfb
  export FIREFOX MINIBROWSER
}

# Sets NATS and NATS_SERVER to the real command and the real server, which judge ours.
need_real_tools() {
  command -v python3 >/dev/null || die "Python 3 is missing: see https://www.python.org"
  command -v go >/dev/null || die "Go is missing: see https://go.dev"
  local found; found=$(python3 tests/oracle install) || die "the real nats and nats-server cannot be had"
  { read -r NATS; read -r NATS_SERVER; } <<<"$found"
  [ -x "$NATS" ] && [ -x "$NATS_SERVER" ] || die "tests/oracle did not say where the real tools are"
  export NATS NATS_SERVER
}
