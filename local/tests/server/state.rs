//! The state in a file.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::process::{Running, command, get, part, post};

const POOL: &str = "eu-west-1_PoolPass1";

/// A name for a file of one test, where nothing is yet.
fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.state", std::process::id()));
    for ending in ["", ".lock", ".new"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    path
}

fn start(path: &Path) -> Running {
    Running::start(&["--state", path.to_str().unwrap()])
}

/// Why it does not start, in one line.
fn refusal(path: &Path) -> String {
    let output = command(&["--port", "0", "--state", path.to_str().unwrap()]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && error.lines().count() == 1, "{error}");
    error
}

fn administrate(running: &Running, operation: &str, body: &Value) -> String {
    let headers = format!(
        "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20251106/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature={}\r\n",
        "0".repeat(64),
    );
    running.exchange(&post("/", &headers, &body.to_string()))
}

fn make_group(running: &Running, name: &str) -> String {
    administrate(running, "CreateGroup", &serde_json::json!({ "UserPoolId": POOL, "GroupName": name }))
}

fn groups(running: &Running) -> Vec<String> {
    let overview = part(&running.exchange(&get("/_poolpass/overview", "localhost")), "date").1;
    let overview: Value = serde_json::from_str(&overview).unwrap();
    serde_json::from_value(overview["userPools"][0]["groups"].clone()).unwrap()
}

#[test]
fn what_was_answered_survives_a_kill_at_any_moment() {
    let path = place("kill");
    let (mut known, mut last, next) = (Vec::new(), String::new(), AtomicUsize::new(0));
    for _ in 0..6 {
        let mut running = start(&path);
        let there = groups(&running);
        for name in &known {
            assert!(there.contains(name), "{name} was answered, and is gone");
        }
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
        let wait = Duration::from_millis(u64::from(nanos % 400) + 100);
        let id = running.child.id().to_string();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(wait);
            std::process::Command::new("kill").args(["-KILL", &id]).status().unwrap()
        });
        // Until the program is gone.
        while running.child.try_wait().unwrap().is_none() {
            let name = format!("g{:05}", next.fetch_add(1, Ordering::SeqCst));
            let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", running.port)) else { continue };
            let reply = exchange(&mut stream, &name);
            if reply.starts_with("HTTP/1.1 200 ") && reply.contains("\r\n\r\n{") && reply.ends_with('}') {
                known.push(name);
            } else if !reply.is_empty() {
                last = reply;
            }
        }
        assert!(killer.join().unwrap().success());
    }
    assert!(!known.is_empty(), "no request was answered: {last}");
}

/// As [`make_group`], where the connection may break at any moment.
fn exchange(stream: &mut std::net::TcpStream, name: &str) -> String {
    use std::io::{Read as _, Write as _};
    let body = format!("{{\"UserPoolId\":\"{POOL}\",\"GroupName\":\"{name}\"}}");
    let headers = format!(
        "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSCognitoIdentityProviderService.CreateGroup\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20251106/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature={}\r\n",
        "0".repeat(64),
    );
    let mut reply = Vec::new();
    let _ = stream.write_all(post("/", &headers, &body).as_bytes());
    let _ = stream.read_to_end(&mut reply);
    String::from_utf8_lossy(&reply).into_owned()
}

#[test]
fn a_broken_end_is_cut_off_and_damage_before_it_is_named() {
    let path = place("tail");
    let running = start(&path);
    assert!(make_group(&running, "first").starts_with("HTTP/1.1 200 "));
    assert!(make_group(&running, "second").starts_with("HTTP/1.1 200 "));
    drop(running);
    let whole = std::fs::read(&path).unwrap();
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    assert!(whole[last..].windows(6).any(|text| text == b"second"));
    for cut in [last + 1, last + 9, whole.len() - 1] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let running = start(&path);
        let there = groups(&running);
        assert!(there.contains(&"first".into()) && !there.contains(&"second".into()), "{cut}: {there:?}");
        assert!(make_group(&running, "third").starts_with("HTTP/1.1 200 "));
        drop(running);
        assert!(groups(&start(&path)).contains(&"third".into()), "{cut}");
    }
    let mut damaged = whole.clone();
    damaged[last + 20] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    assert!(!groups(&start(&path)).contains(&"second".into()), "a damaged last line is a broken end");
    let second_line = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut damaged = whole;
    damaged[second_line + 10] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    let error = refusal(&path);
    assert!(error.contains("line 2 of") && error.contains("is damaged"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), damaged, "it is left as it is");
}

#[test]
fn files_that_cannot_be_used_are_refused_by_name() {
    let path = place("refused");
    let running = start(&path);
    assert!(refusal(&path).contains("is in use by another process"));
    drop(running);
    for (text, word) in [
        ("poolpass-local state, version 2\n", "was written by a later poolpass-local: it has version 2"),
        ("Region = \"eu-west-1\"\n", "is not a state of poolpass-local, and is left alone"),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = refusal(&path);
        assert!(error.contains(word) && error.contains(path.to_str().unwrap()), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    assert!(refusal(folder).contains("directory"), "a folder");
    assert!(refusal(&folder.join("nothing/here.state")).contains("nothing/here.state"));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let path = place("owner");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(start(&path));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

/// A limit on the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn on_a_full_disk_requests_fail_and_nothing_is_lost() {
    let path = place("full");
    let before = groups(&start(&path)).len();
    let program = env!("CARGO_BIN_EXE_poolpass-local");
    let blocks = std::fs::metadata(&path).unwrap().len() / 512 + 4;
    let script = format!(
        "trap '' XFSZ; ulimit -f {blocks}; exec {program} --port 0 --exit-with-stdin --state {}",
        path.display()
    );
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", &script]);
    let running = Running::of(limited);
    let mut made = Vec::new();
    let refused = loop {
        let name = format!("group{}", made.len());
        let reply = make_group(&running, &name);
        if !reply.starts_with("HTTP/1.1 200 ") {
            break reply;
        }
        made.push(name);
        assert!(made.len() < 1000, "the limit has no effect");
    };
    assert!(refused.starts_with("HTTP/1.1 500 ") && refused.contains("full-"), "{refused}");
    assert_eq!(groups(&running).len(), made.len() + before, "the group that could not be kept is not there");
    drop(running);
    let there = groups(&start(&path));
    assert!(made.iter().all(|name| there.contains(name)) && there.len() == made.len() + before, "{there:?}");
}
