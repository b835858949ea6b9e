//! Every operation, its errors and the control API, through `Emulator::handle`.

mod admin;
mod confidential_client;
mod config;
mod conformance;
mod control;
mod errors;
mod faults;
mod federation_browser;
mod federation_stand_ins;
mod hosts_and_pages;
mod list_users;
mod lockout;
mod names;
mod new_password;
mod password_flow;
mod pools;
mod random_input;
mod refresh;
mod sign_out;
mod sign_up;
mod srp_client;
mod srp_flow;
mod tokens;
mod world;
