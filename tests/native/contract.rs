//! The in-memory platform does what the kit expects of a platform.

use poolpass::memory::World;

use crate::platform_contract;

#[test]
fn the_memory_platform_holds_the_contract() {
    let world = World::new();
    let (one, two) = (world.tab(), world.tab());
    world.run(platform_contract::holds(&one, &two));
}

#[test]
fn so_does_one_whose_storage_takes_time() {
    let world = World::new();
    world.set_storage_operation_ms(7);
    let (one, two) = (world.tab(), world.tab());
    world.run(platform_contract::holds(&one, &two));
}
