//! User import jobs, and the upload of their files.

use poolpass_local::core::HttpResponse;
use serde_json::{Value, json};

use crate::world::{POOL, START_MS, WEB, World, assert_error, password_flow};

const ROLE: &str = "arn:aws:iam::000000000000:role/logs";

fn create(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "JobName": name, "CloudWatchLogsRoleArn": ROLE })
}

fn job(id: &Value) -> Value {
    json!({ "UserPoolId": POOL, "JobId": id })
}

/// Puts a file where a job wants it.
fn upload(world: &World, made: &Value, file: &str) -> HttpResponse {
    let url = made["PreSignedUrl"].as_str().unwrap();
    world.send("PUT", url.strip_prefix("http://localhost:9400").unwrap(), file)
}

/// A file with these values, each a column and a value, and `false` for `cognito:mfa_enabled` unless given.
fn file(world: &World, rows: &[&[(&str, &str)]]) -> String {
    let header = world.ok("GetCSVHeader", json!({ "UserPoolId": POOL }))["CSVHeader"].take();
    let header: Vec<&str> = header.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let mut file = header.join(",") + "\n";
    for row in rows {
        let value = |name: &&str| {
            let given = row.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
            given.unwrap_or(if *name == "cognito:mfa_enabled" { "false" } else { "" })
        };
        file += &(header.iter().map(value).collect::<Vec<_>>().join(",") + "\r\n");
    }
    file
}

/// Runs a job with a file: the job as it is then.
#[track_caller]
fn run(world: &World, file: &str) -> Value {
    let made = world.ok("CreateUserImportJob", create("run"))["UserImportJob"].take();
    assert_eq!(upload(world, &made, file).status, 200);
    let started = world.ok("StartUserImportJob", job(&made["JobId"]))["UserImportJob"].take();
    assert_eq!(started["Status"], "Pending");
    world.advance(1);
    world.ok("DescribeUserImportJob", job(&made["JobId"]))["UserImportJob"].take()
}

fn counts(job: &Value) -> [u64; 3] {
    ["ImportedUsers", "SkippedUsers", "FailedUsers"].map(|name| job[name].as_u64().unwrap())
}

#[test]
fn the_header_names_every_attribute() {
    let world = World::new();
    let reply = world.ok("GetCSVHeader", json!({ "UserPoolId": POOL }));
    assert_eq!(reply["UserPoolId"], POOL);
    let header = reply["CSVHeader"].as_array().unwrap();
    for name in ["name", "email", "email_verified", "phone_number_verified", "updated_at"] {
        assert!(header.contains(&json!(name)), "{name}");
    }
    assert!(!header.contains(&json!("sub")));
    assert_eq!(header[header.len() - 2..], ["cognito:mfa_enabled", "cognito:username"]);
    let error = world.err("GetCSVHeader", json!({ "UserPoolId": "eu-west-1_None" }));
    assert_eq!(error.0, "ResourceNotFoundException");
}

#[test]
fn a_job_imports_users_who_choose_their_passwords() {
    let world = World::new();
    let made = world.ok("CreateUserImportJob", create("my job"))["UserImportJob"].take();
    let seconds = START_MS as f64 / 1000.0;
    assert_eq!((&made["JobName"], &made["Status"]), (&json!("my job"), &json!("Created")));
    assert_eq!((&made["CreationDate"], &made["CloudWatchLogsRoleArn"]), (&json!(seconds), &json!(ROLE)));
    assert_eq!(made["UserPoolId"], POOL);
    let file = file(
        &world,
        &[
            &[
                ("cognito:username", "gil"),
                ("email", "gil@example.com"),
                ("email_verified", "true"),
                ("name", r"G\, il"),
            ],
            &[("cognito:username", "hal"), ("email", "hal@example.com"), ("email_verified", "true")],
        ],
    );
    assert_eq!(upload(&world, &made, &file).status, 200);
    let started = world.ok("StartUserImportJob", job(&made["JobId"]))["UserImportJob"].take();
    assert_eq!((&started["Status"], &started["StartDate"]), (&json!("Pending"), &json!(seconds)));
    world.advance(1);
    let done = world.ok("DescribeUserImportJob", job(&made["JobId"]))["UserImportJob"].take();
    assert_eq!((&done["Status"], counts(&done)), (&json!("Succeeded"), [2, 0, 0]));
    assert_eq!(done["CompletionMessage"], "Import Job Completed Successfully.");
    assert_eq!(done["CompletionDate"], json!(seconds + 1.0));

    let gil = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "gil" }));
    assert_eq!(gil["UserStatus"], "RESET_REQUIRED");
    assert!(gil["UserAttributes"].as_array().unwrap().contains(&json!({ "Name": "name", "Value": "G, il" })));
    let error = world.err("InitiateAuth", password_flow(WEB, "hal", "Any-Password7!"));
    assert_eq!(error.0, "NotAuthorizedException");
    world.ok("ForgotPassword", json!({ "ClientId": WEB, "Username": "hal@example.com" }));
    let code = world.code("hal@example.com");
    let body = json!({ "ClientId": WEB, "Username": "hal", "ConfirmationCode": code, "Password": "Mine-Now-7!" });
    world.ok("ConfirmForgotPassword", body);
    world.sign_in(WEB, "hal", "Mine-Now-7!");
}

#[test]
fn a_job_runs_without_being_looked_at() {
    let world = World::new();
    let made = world.ok("CreateUserImportJob", create("run"))["UserImportJob"].take();
    let file = file(&world, &[&[("cognito:username", "gil"), ("email", "g@x.org"), ("email_verified", "true")]]);
    upload(&world, &made, &file);
    world.ok("StartUserImportJob", job(&made["JobId"]));
    let gil = json!({ "UserPoolId": POOL, "Username": "gil" });
    assert_eq!(world.err("AdminGetUser", gil.clone()).0, "UserNotFoundException");
    world.advance(1);
    world.ok("AdminGetUser", gil);
}

#[test]
fn rows_fail_or_are_skipped_one_by_one() {
    let world = World::new();
    let good = [("email", "i@example.com"), ("email_verified", "true")];
    let rows: &[&[(&str, &str)]] = &[
        &[("cognito:username", "ida"), good[0], good[1]],
        // Skipped: there is such a user.
        &[("cognito:username", "alice"), ("email", "a@x.org"), good[1]],
        &[("cognito:username", "ida"), ("email", "b@x.org"), good[1]],
        // Failed: no name, no verified address, an address that is another's, no number for codes, a wrong value, an address as a name.
        &[("email", "c@x.org"), good[1]],
        &[("cognito:username", "jim"), ("email", "c@x.org")],
        &[("cognito:username", "jim"), good[1]],
        &[("cognito:username", "jim"), ("phone_number", "+15551234567"), ("phone_number_verified", "true")],
        &[("cognito:username", "jim"), ("email", "bob@example.com"), good[1]],
        &[("cognito:username", "jim"), ("email", "c@x.org"), good[1], ("cognito:mfa_enabled", "true")],
        &[("cognito:username", "jim"), ("email", "c@x.org"), good[1], ("cognito:mfa_enabled", "perhaps")],
        &[("cognito:username", "jim"), ("email", "c"), good[1]],
        &[("cognito:username", "jim@x.org"), ("email", "c@x.org"), good[1]],
    ];
    let text = file(&world, rows) + "too,few\n\n";
    let done = run(&world, &text);
    assert_eq!((&done["Status"], counts(&done)), (&json!("Succeeded"), [1, 2, 10]));
    assert_eq!(world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "jim" })).0, "UserNotFoundException");

    let done = run(&world, &file(&world, &[&[("cognito:username", "ida"), good[0], good[1]]]));
    assert_eq!((&done["Status"], counts(&done)), (&json!("Failed"), [0, 1, 0]));
    assert_eq!(done["CompletionMessage"], "Too many users have failed or been skipped during the import.");
}

#[test]
fn another_header_is_refused_and_its_order_does_not_matter() {
    let world = World::new();
    let text = file(&world, &[]);
    let mut names: Vec<&str> = text.trim_end().split(',').collect();
    for wrong in ["", "name,email\n", &text.replace("name,", "nome,")] {
        let done = run(&world, wrong);
        assert_eq!((&done["Status"], counts(&done)), (&json!("Failed"), [0, 0, 0]), "{wrong}");
    }
    names.reverse();
    let values: Vec<&str> = names
        .iter()
        .map(|name| match *name {
            "cognito:username" => "kim",
            "cognito:mfa_enabled" => "false",
            "email" => "kim@x.org",
            "email_verified" => "true",
            _ => "",
        })
        .collect();
    let done = run(&world, &format!("\u{feff}{}\n{}", names.join(","), values.join(",")));
    assert_eq!(counts(&done), [1, 0, 0]);
}

#[test]
fn jobs_that_cannot_start_or_stop_say_so() {
    let world = World::new();
    let made = world.ok("CreateUserImportJob", create("a"))["UserImportJob"].take();
    let of = job(&made["JobId"]);
    let unmet = "PreconditionNotMetException";
    assert_eq!(world.err("StartUserImportJob", of.clone()).0, unmet);
    assert_eq!(world.err("StopUserImportJob", of.clone()).0, unmet);
    upload(
        &world,
        &made,
        &file(&world, &[&[("cognito:username", "gil"), ("email", "g@x.org"), ("email_verified", "true")]]),
    );
    world.ok("StartUserImportJob", of.clone());
    assert_eq!(world.err("StartUserImportJob", of.clone()).0, unmet);
    // One at a time.
    let other = world.ok("CreateUserImportJob", create("b"))["UserImportJob"].take();
    upload(&world, &other, "");
    assert_eq!(world.err("StartUserImportJob", job(&other["JobId"])).0, unmet);

    let stopped = world.ok("StopUserImportJob", of.clone())["UserImportJob"].take();
    assert_eq!(stopped["Status"], "Stopping");
    world.advance(1);
    let stopped = world.ok("DescribeUserImportJob", of.clone())["UserImportJob"].take();
    assert_eq!((&stopped["Status"], counts(&stopped)), (&json!("Stopped"), [0, 0, 0]));
    assert_eq!(world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "gil" })).0, "UserNotFoundException");
    assert_eq!(world.err("StopUserImportJob", of).0, unmet);

    let unverified = world.ok("CreateUserPool", json!({ "PoolName": "x" }))["UserPool"]["Id"].take();
    let mut body = create("c");
    body["UserPoolId"] = unverified.clone();
    let made = world.ok("CreateUserImportJob", body)["UserImportJob"].take();
    upload(&world, &made, "");
    let text = "The user pool has no attributes that are verified automatically.";
    let body = json!({ "UserPoolId": unverified, "JobId": made["JobId"] });
    assert_error(world.err("StartUserImportJob", body), unmet, text);
}

#[test]
fn jobs_expire() {
    let world = World::new();
    let made = world.ok("CreateUserImportJob", create("a"))["UserImportJob"].take();
    let text = file(&world, &[]);
    assert_eq!(upload(&world, &made, &text).status, 200);
    world.advance(15 * 60);
    assert_eq!(upload(&world, &made, &text).status, 403);
    world.advance(24 * 3600);
    let expired = world.ok("DescribeUserImportJob", job(&made["JobId"]))["UserImportJob"].take();
    assert_eq!(expired["Status"], "Expired");
    assert_eq!(world.err("StartUserImportJob", job(&made["JobId"])).0, "PreconditionNotMetException");
}

#[test]
fn only_the_right_address_takes_a_file() {
    let world = World::new();
    let made = world.ok("CreateUserImportJob", create("a"))["UserImportJob"].take();
    let other = world.ok("CreateUserImportJob", create("b"))["UserImportJob"].take();
    let target = |job: &Value| job["PreSignedUrl"].as_str().unwrap()["http://localhost:9400".len()..].to_owned();
    let (path, secret) = (target(&made), target(&other));
    let (path, secret) = (path.split_once('?').unwrap().0, secret.split_once('?').unwrap().1);
    for wrong in [
        path.to_owned(),
        format!("{path}?{secret}"),
        "/user-import/a/b?X-Amz-Signature=c".into(),
        "/user-import/".into(),
    ] {
        assert_eq!(world.send("PUT", &wrong, "x").status, 403, "{wrong}");
    }
    assert_eq!(world.send("GET", &target(&made), "").status, 405);
    assert_eq!(world.send("PUT", &target(&made), "x").status, 200);
    assert_eq!(world.err("StartUserImportJob", job(&json!("import-none"))).0, "ResourceNotFoundException");
    assert_eq!(world.err("StopUserImportJob", job(&json!("import-none"))).0, "ResourceNotFoundException");
    assert_eq!(world.err("DescribeUserImportJob", job(&json!("import-none"))).0, "ResourceNotFoundException");
}

#[test]
fn jobs_come_in_pages_up_to_a_thousand() {
    let world = World::new();
    for number in 0..1000 {
        world.ok("CreateUserImportJob", create(&format!("{number}")));
        world.advance(1);
    }
    assert_eq!(world.err("CreateUserImportJob", create("more")).0, "LimitExceededException");
    let (mut names, mut token) = (Vec::new(), Value::Null);
    loop {
        let page =
            world.ok("ListUserImportJobs", json!({ "UserPoolId": POOL, "MaxResults": 60, "PaginationToken": token }));
        names.extend(page["UserImportJobs"].as_array().unwrap().iter().map(|job| job["JobName"].clone()));
        match page.get("PaginationToken") {
            Some(next) => token = next.clone(),
            None => break,
        }
    }
    assert_eq!(names, (0..1000).map(|number| json!(number.to_string())).collect::<Vec<_>>());
    let wrong = json!({ "UserPoolId": POOL, "MaxResults": 1, "PaginationToken": "x" });
    assert_eq!(world.err("ListUserImportJobs", wrong).0, "InvalidParameterException");
    let elsewhere = json!({ "UserPoolId": "eu-west-1_None", "MaxResults": 1 });
    assert_eq!(world.err("ListUserImportJobs", elsewhere).0, "ResourceNotFoundException");
}

#[test]
fn hashes_of_passwords_are_refused_by_name() {
    let world = World::new();
    let mut body = create("a");
    body["PasswordHashingAlgorithm"] = json!("BCRYPT");
    let error = world.err("CreateUserImportJob", body);
    assert_eq!(error.0, "InvalidParameterException");
    assert!(error.1.contains("PasswordHashingAlgorithm"), "{}", error.1);
}

#[test]
fn a_pool_does_not_change_while_users_are_imported() {
    let world = World::new();
    let made = world.ok("CreateUserImportJob", create("a"))["UserImportJob"].take();
    upload(&world, &made, &file(&world, &[]));
    world.ok("StartUserImportJob", job(&made["JobId"]));
    let text = "A user import job of the user pool is in progress.";
    let attributes = json!([{ "Name": "x", "AttributeDataType": "String" }]);
    let calls = [
        ("AddCustomAttributes", json!({ "UserPoolId": POOL, "CustomAttributes": attributes })),
        ("UpdateUserPool", json!({ "UserPoolId": POOL })),
        ("DeleteUserPool", json!({ "UserPoolId": POOL })),
    ];
    for (operation, body) in &calls {
        assert_error(world.err(operation, body.clone()), "UserImportInProgressException", text);
    }
    world.advance(1);
    world.ok(calls[0].0, calls[0].1.clone());
    let mut elsewhere = create("b");
    elsewhere["UserPoolId"] = json!("eu-west-1_None");
    assert_eq!(world.err("CreateUserImportJob", elsewhere).0, "ResourceNotFoundException");
}
