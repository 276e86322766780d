//! The page. What there is to run is exported by the library: `web/boot.js` calls `open_page` once the program is loaded.

use playground as _;

fn main() {}
