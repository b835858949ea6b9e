//! What only the system's own package manager can install.

use crate::failure::{Failure, Outcome};
use crate::invocation::{self, Invocation};

/// Installs packages of Debian, as root or by `sudo` where that asks for no password.
pub(super) fn install(packages: &[&str]) -> Outcome<()> {
    if invocation::find(&["apt-get"]).is_none() {
        return Err(Failure::new(format!(
            "there is no apt to install {}: {}",
            packages.join(" and "),
            advice(packages)
        )));
    }
    println!("installing {} …", packages.join(" and "));
    let install = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends"];
    as_root(&["apt-get", "update", "--quiet"])
        .and_then(|()| as_root(&[&install[..], packages].concat()))
        .map_err(|failure| Failure::new(format!("{failure}: {}", advice(packages))))
}

/// What to do where that does not work.
pub(super) fn advice(packages: &[&str]) -> String {
    format!("install it yourself ('sudo apt-get install {}') and try again", packages.join(" "))
}

fn as_root(words: &[&str]) -> Outcome<()> {
    let is_root = Invocation::new("id").arg("-u").probe().as_deref() == Some("0");
    // -n: fail rather than ask for a password, for a test run has nobody to answer.
    let prefix: &[&str] = if is_root { &["env"] } else { &["sudo", "-n", "env"] };
    let (program, rest) = (prefix[0], &prefix[1..]);
    Invocation::new(program).args(rest).arg("DEBIAN_FRONTEND=noninteractive").args(words).run()
}
