//! How much of AWS's service models is there. These tests run after those in `operations`, and look at the errors which they saw.

mod errors;
mod model;
mod operations;
