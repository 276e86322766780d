//! The page.

fn main() {
    playground::ui::start();
}
