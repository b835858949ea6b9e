//! Has the linker write its map, which `cargo xtask package` splits the wasm by.

fn main() {
    println!("cargo::rerun-if-env-changed=POOLPASS_LINK_MAP");
    let Ok(map) = std::env::var("POOLPASS_LINK_MAP") else { return };
    // It belongs to one link, so it is not taken from an earlier one.
    println!("cargo::rerun-if-changed={map}");
    println!("cargo::rustc-link-arg-cdylib=-Map={map}");
}
