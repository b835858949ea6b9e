//! Flags, start and end of the program.

use std::io::Read as _;
use std::process::Output;

use crate::process::{Running, call, command, get, post};

/// Runs the program to its end.
fn run(arguments: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } = command(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.success(), text(stdout), text(stderr))
}

#[test]
fn the_ready_line_is_followed_by_what_a_person_needs() {
    let mut running = Running::start(&[]);
    drop(running.child.stdin.take());
    let mut rest = String::new();
    running.output.read_to_string(&mut rest).unwrap();
    for word in ["eu-west-1_PoolPass1", "poolpasslocalwebclient0001", "alice", "Correct-Horse7!", "Ctrl-C"] {
        assert!(rest.contains(word), "{word}");
    }
    assert!(running.child.wait().unwrap().success(), "the end of standard input is a clean end");
}

#[cfg(unix)]
#[test]
fn signals_end_it_cleanly() {
    for signal in ["-TERM", "-INT"] {
        let mut running = Running::start(&[]);
        let id = running.child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert!(running.child.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn a_taken_port_is_one_clear_line() {
    let running = Running::start(&[]);
    let (success, _, error) = run(&["--port", &running.port.to_string()]);
    assert!(!success && error.lines().count() == 1, "{error}");
    assert!(error.contains(&format!("127.0.0.1:{} is in use", running.port)) && error.contains("--port"), "{error}");
}

#[test]
fn wrong_arguments_are_one_clear_line() {
    for (arguments, expected) in [
        (&["--prot", "1"][..], "--prot is not known"),
        (&["--port"], "--port needs a value"),
        (&["--port=x"], "--port: x is not a number"),
        (&["--config", "/nothing/here.toml"], "can't read /nothing/here.toml"),
        (&["--config", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")], "needs Region"),
        (&["--app-url", "http://example.com/"], "http://example.com/ can't be an app's address"),
        (&["--allow-origin", "http://localhost:1/page"], "--allow-origin: http://localhost:1/page is not an origin"),
        (&["--issuer", "mine"], "--issuer: Issuer can't be \"mine\""),
        (&["--host", "192.0.2.1"], "can't listen on 192.0.2.1"),
    ] {
        let (success, _, error) = run(arguments);
        assert!(!success && error.contains(expected) && error.lines().count() == 1, "{arguments:?}: {error}");
    }
}

#[test]
fn help_version_and_the_example_are_printed() {
    assert!(run(&["--help"]).1.contains("--exit-with-stdin"));
    assert_eq!(run(&["--version"]).1, format!("poolpass-local {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(run(&["--print-config"]).1.trim_end(), include_str!("../../seed.toml").trim_end());
}

#[test]
fn a_configuration_file_replaces_the_seed() {
    let running = Running::start(&["--config", concat!(env!("CARGO_MANIFEST_DIR"), "/seed.toml")]);
    assert!(running.exchange(&get("/_poolpass/config", "localhost")).contains("eu-west-1_PoolPass1"));
}

#[test]
fn the_addresses_of_an_app_are_registered_with_every_client() {
    let running = Running::start(&["--app-url", "http://localhost:1234/app", "--app-url=myapp://home"]);
    let config = running.exchange(&get("/_poolpass/config", "localhost"));
    for url in ["http://localhost:1234/app", "myapp://home"] {
        assert_eq!(config.matches(&format!("\"{url}\"")).count(), 8, "four clients, in and out: {config}");
    }
}

#[test]
fn other_host_names_are_refused_unless_a_host_was_given() {
    let strict = Running::start(&[]);
    for (host, status) in
        [("localhost", "200"), ("127.0.0.1:9400", "200"), ("evil.example", "403"), ("evil.example:9400", "403")]
    {
        let reply = strict.exchange(&get("/_poolpass/health", host));
        assert!(reply.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {reply}");
    }
    let open = Running::start(&["--host", "127.0.0.1"]);
    assert!(open.exchange(&get("/_poolpass/health", "cognito.test")).starts_with("HTTP/1.1 200 "));
}

#[test]
fn pages_of_other_sites_are_refused_unless_they_were_allowed() {
    let page = "http://localhost:7777";
    let get = format!("GET /_poolpass/config HTTP/1.1\r\nHost: localhost\r\nOrigin: {page}\r\n\r\n");
    assert!(Running::start(&[]).exchange(&get).starts_with("HTTP/1.1 403 "));
    for arguments in [["--allow-origin", page], ["--app-url", "http://localhost:7777/callback"]] {
        assert!(Running::start(&arguments).exchange(&get).starts_with("HTTP/1.1 200 "), "{arguments:?}");
    }
    let running = Running::start(&[]);
    let own = get.replace(page, &format!("http://localhost:{}", running.port));
    assert!(running.exchange(&own).starts_with("HTTP/1.1 200 "), "its own page");
    // With a host, other names are answered, but public ones neither administrate nor control.
    let open = Running::start(&["--host", "127.0.0.1"]);
    for (host, status) in [("cognito.test", "200"), ("cognito.example.com", "403")] {
        let reply = open.exchange(&crate::process::get("/_poolpass/config", host));
        assert!(reply.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {reply}");
    }
}

#[test]
fn a_local_issuer_is_the_address_of_the_program() {
    let running = Running::start(&["--issuer", "local"]);
    let path = "/eu-west-1_PoolPass1/.well-known/openid-configuration";
    let issuer = format!("\"issuer\":\"http://localhost:{}/eu-west-1_PoolPass1\"", running.port);
    // Whatever name it is asked by: the issuer is one text.
    for host in [format!("localhost:{}", running.port), "127.0.0.1:1".into()] {
        assert!(running.exchange(&get(path, &host)).contains(&issuer), "{host}");
    }
    let chosen = Running::start(&["--issuer=http://localhost:1/x"]);
    assert!(
        chosen.exchange(&get(path, "localhost")).contains("\"issuer\":\"http://localhost:1/x/eu-west-1_PoolPass1\"")
    );
}

#[test]
fn bodies_are_bounded_and_junk_is_answered() {
    let running = Running::start(&[]);
    let large = "x".repeat(1024 * 1024 + 1);
    assert!(running.exchange(&post("/", "", &large)).starts_with("HTTP/1.1 413 "));
    assert!(running.exchange("NOT HTTP\r\n\r\n").starts_with("HTTP/1.1 400 "));
    assert!(running.exchange(&call("GetUser", "{")).starts_with("HTTP/1.1 400 "));
}
