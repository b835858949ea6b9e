//! What is served: the demo page at `/`, the package at `/poolpass/`, the page's settings.

use std::fs;
use std::path::{Path, PathBuf};

use super::reply::Reply;
use super::request::Request;
use crate::repository;

/// The folders of a site and its settings.
pub(crate) struct Site {
    pages: PathBuf,
    package: PathBuf,
    settings: String,
}

impl Site {
    /// The demo page with the package of this folder, talking to the emulator at this endpoint and its built-in pool.
    pub(crate) fn demo(package: PathBuf, endpoint: &str) -> Self {
        Self {
            pages: repository::path("www/demo"),
            package,
            settings: format!(
                "{{\"endpoint\":\"{endpoint}\",\"region\":\"eu-west-1\",\
                 \"userPoolId\":\"eu-west-1_PoolPass1\",\"userPoolClientId\":\"poolpasslocalwebclient0001\"}}\n"
            ),
        }
    }

    pub(super) fn reply(&self, request: &Request) -> Reply {
        match request.method.as_str() {
            "GET" => self.found(&request.path),
            "HEAD" => Reply { head_only: true, ..self.found(&request.path) },
            _ => Reply::error(405),
        }
    }

    fn found(&self, path: &str) -> Reply {
        let (folder, name) = match path.strip_prefix("/poolpass/") {
            _ if path == "/config.json" => return Reply::found(JSON, self.settings.clone().into_bytes()),
            _ if path == "/" => (&self.pages, "index.html"),
            Some(name) => (&self.package, name),
            None => (&self.pages, path.trim_start_matches('/')),
        };
        file_below(folder, name)
            .and_then(|file| Some(Reply::found(content_type(&file)?, fs::read(&file).ok()?)))
            .unwrap_or_else(|| Reply::error(404))
    }
}

/// The file, provided that it is one and lies below the folder whatever the name or a link says.
fn file_below(folder: &Path, name: &str) -> Option<PathBuf> {
    if name.split('/').any(|part| part.is_empty() || part.starts_with('.') || part.contains(['\\', ':', '\0'])) {
        return None;
    }
    let file = folder.join(name).canonicalize().ok()?;
    (file.is_file() && file.starts_with(folder.canonicalize().ok()?)).then_some(file)
}

const JSON: &str = "application/json";

/// By extension; a kind of file that no page needs is not served.
fn content_type(file: &Path) -> Option<&'static str> {
    Some(match file.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => JSON,
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "ts" | "txt" | "md" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> (PathBuf, Site) {
        let root = repository::work(name);
        let _ = fs::remove_dir_all(&root);
        let (pages, package) = (root.join("pages"), root.join("package"));
        repository::write(&pages.join("index.html"), b"<!doctype html>").unwrap();
        repository::write(&pages.join("deep/app.js"), b"1").unwrap();
        repository::write(&pages.join(".hidden.js"), b"1").unwrap();
        repository::write(&package.join("poolpass_bg.wasm"), b"\0asm").unwrap();
        repository::write(&package.join("poolpass-1.0.0.tgz"), b"x").unwrap();
        repository::write(&root.join("secret.json"), b"{}").unwrap();
        (root, Site { pages, package, settings: "{}".into() })
    }

    fn get(site: &Site, path: &str) -> Reply {
        site.reply(&Request { method: "GET".into(), path: path.into() })
    }

    #[test]
    fn serves_files_under_their_types() {
        let (root, site) = site("site-types");
        let expected = [
            ("/", "text/html; charset=utf-8", &b"<!doctype html>"[..]),
            ("/index.html", "text/html; charset=utf-8", b"<!doctype html>"),
            ("/deep/app.js", "text/javascript; charset=utf-8", b"1"),
            ("/poolpass/poolpass_bg.wasm", "application/wasm", b"\0asm"),
            ("/config.json", "application/json", b"{}"),
        ];
        for (path, content_type, body) in expected {
            let reply = get(&site, path);
            assert_eq!((reply.status, reply.content_type, &reply.body[..]), (200, content_type, body), "{path}");
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn nothing_outside_its_folders_and_no_made_up_page() {
        let (root, site) = site("site-outside");
        let refused = ["/../secret.json", "/deep/../../secret.json", "/poolpass/../secret.json", "//etc/passwd"];
        let missing =
            ["/deep", "/deep/", "/poolpass/", "/poolpass", "/about", "/.hidden.js", "/poolpass/poolpass-1.0.0.tgz"];
        for path in
            refused.into_iter().chain(missing).chain(["/..\\secret.json", "/\0", "/C:/x.json", "/poolpass//etc/passwd"])
        {
            assert_eq!(get(&site, path).status, 404, "{path:?}");
        }
        fs::remove_dir_all(root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out() {
        let (root, site) = site("site-link");
        std::os::unix::fs::symlink(root.join("secret.json"), root.join("pages/link.json")).unwrap();
        assert_eq!(get(&site, "/link.json").status, 404);
        fs::remove_dir_all(root).unwrap();
    }
}
