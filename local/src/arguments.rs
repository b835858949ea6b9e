//! The command line.

use poolpass_local::core::Config;
use poolpass_local::server::Options;

const USAGE: &str = "\
poolpass-local: a local Amazon Cognito for development and tests

  import FILE...      prints a configuration of what the AWS CLI printed: cognito-idp describe-user-pool, describe-user-pool-client,
                      get-user-pool-mfa-config, list-groups, list-users, describe-identity-provider, describe-resource-server,
                      cognito-identity describe-identity-pool, get-identity-pool-roles

  --port N            the port, 9400 unless given; 0 takes a free one
  --host ADDRESS      the address to listen on, 127.0.0.1 unless given; requests to other host names are then answered too
  --config FILE       a TOML file in the form of --print-config
  --print-config      print the built-in configuration
  --app-url URL       an app's address to come back to after signing in and out, for every client; may be repeated
  --issuer ISSUER     the issuer of tokens and discovery documents: aws (unless given), local (this program's address) or a URL
  --allow-origin ORIGIN  lets pages of http(s)://host:port administrate and control the emulator; may be repeated
  --state FILE        keeps users, pools, sessions and keys in a file, over restarts
  --seed N            the same keys, codes and tokens at every start
  --exit-with-stdin   stop when standard input ends, as it does when the parent process dies
  --version, --help";

/// What to do.
pub(crate) enum Command {
    Serve { options: Options, config: Box<Config>, seed: Option<u64>, state: Option<String> },
    Show(String),
    Import { files: Vec<String> },
}

pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut arguments = arguments.peekable();
    if arguments.next_if(|first| first == "import").is_some() {
        let files: Vec<String> = arguments.collect();
        return if files.is_empty() {
            Err("import needs files. Try --help.".into())
        } else {
            Ok(Command::Import { files })
        };
    }
    let mut options = Options::default();
    let (mut config, mut seed, mut issuer, mut state) = (None::<Config>, None, None, None);
    let (mut app_urls, mut origins) = (Vec::new(), Vec::new());
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || inline.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--port" => options.port = number(&name, &value()?)?,
            "--host" => options.host = Some(value()?),
            "--config" => config = Some(read_config(&value()?)?),
            "--app-url" => app_urls.push(value()?),
            "--state" => state = Some(value()?),
            "--issuer" => issuer = Some(value()?),
            "--allow-origin" => origins.push(value()?),
            "--seed" => seed = Some(number(&name, &value()?)?),
            "--exit-with-stdin" => options.exit_with_stdin = true,
            "--print-config" => return Ok(Command::Show(poolpass_local::core::SEED.into())),
            "--version" => return Ok(Command::Show(format!("poolpass-local {}", env!("CARGO_PKG_VERSION")))),
            "--help" | "-h" => return Ok(Command::Show(USAGE.into())),
            _ => return Err(format!("{name} is not known. Try --help.")),
        }
    }
    let mut config = config.unwrap_or_default();
    app_urls.iter().try_for_each(|url| config.add_app_url(url)).map_err(|error| error.to_string())?;
    let issuer = issuer.map_or(Ok(()), |issuer| config.set_issuer(&issuer));
    issuer.map_err(|error| format!("--issuer: {error}"))?;
    let allowed = origins.iter().try_for_each(|origin| config.allow_origin(origin));
    allowed.map_err(|error| format!("--allow-origin: {error}"))?;
    Ok(Command::Serve { options, config: Box::new(config), seed, state })
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name}: {text} is not a number that fits"))
}

fn read_config(file: &str) -> Result<Config, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("can't read {file}: {error}"))?;
    Config::from_toml(&text).map_err(|error| format!("{file}: {error}"))
}
