//! Back-off after wrong passwords.

use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, WEB, World, assert_refused, password_flow};

const WRONG: &str = "Incorrect username or password.";
const LOCKED: &str = "Password attempts exceeded";

fn attempt(world: &World, name: &str, password: &str) -> (String, String) {
    world.err("InitiateAuth", password_flow(WEB, name, password))
}

#[test]
fn the_lock_doubles_and_attempts_under_it_do_not_count() {
    let world = World::new();
    for name in ["alice", "nobody"] {
        (0..5).for_each(|_| assert_refused(attempt(&world, name, "Wrong-Horse7!"), WRONG));
        for seconds in [1, 2, 4] {
            assert_refused(attempt(&world, name, "Wrong-Horse7!"), LOCKED);
            assert_refused(attempt(&world, name, PASSWORD), LOCKED);
            world.advance(seconds);
            assert_refused(attempt(&world, name, "Wrong-Horse7!"), WRONG);
        }
    }
    world.advance(8);
    world.sign_in(WEB, "alice", PASSWORD);
}

#[test]
fn a_right_password_and_a_quiet_quarter_of_an_hour_forgive() {
    let world = World::new();
    (0..4).for_each(|_| assert_refused(attempt(&world, "alice", "Wrong-Horse7!"), WRONG));
    world.sign_in(WEB, "alice", PASSWORD);
    (0..5).for_each(|_| assert_refused(attempt(&world, "alice", "Wrong-Horse7!"), WRONG));
    world.advance(900);
    (0..5).for_each(|_| assert_refused(attempt(&world, "alice", "Wrong-Horse7!"), WRONG));
    assert_refused(attempt(&world, "alice", PASSWORD), LOCKED);
}

#[test]
fn srp_attempts_count_with_the_others() {
    let world = World::new();
    let wrong = SrpClient::new(WEB, "alice@example.com", "Wrong-Horse7!");
    (0..3).for_each(|_| assert_refused(world.err("RespondToAuthChallenge", wrong.challenged(&world)), WRONG));
    (0..2).for_each(|_| assert_refused(attempt(&world, "alice", "Wrong-Horse7!"), WRONG));
    let right = SrpClient::new(WEB, "alice", PASSWORD);
    assert_refused(world.err("RespondToAuthChallenge", right.challenged(&world)), LOCKED);
    world.advance(1);
    world.ok("RespondToAuthChallenge", right.challenged(&world));
}
