//! The devices that a user is remembered on.

use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::Output;
use crate::error::ResponseProblem;
use crate::platform::Retry;

/// Returns a page of the user's devices.
pub const FETCH_DEVICES: Operation = Operation {
    name: "ListDevices",
    method: "fetchDevices",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[Field::new("nextToken", "PaginationToken", Kind::Text)],
    output: &[
        Output::list("Devices", "devices", DEVICE).required(ResponseProblem::Devices),
        Output::text("PaginationToken", "nextToken"),
    ],
};

/// Returns a device.
pub const GET_DEVICE: Operation = Operation {
    name: "GetDevice",
    method: "getDevice",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[DEVICE_KEY],
    output: &[Output::members_of("Device", DEVICE).required(ResponseProblem::Devices)],
};

/// Has the service remember a device.
pub const REMEMBER_DEVICE: Operation = Operation {
    name: "UpdateDeviceStatus",
    method: "rememberDevice",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Transient,
    input: &[DEVICE_KEY, Field::word("DeviceRememberedStatus", "remembered")],
    output: &[],
};

/// Has the service forget a device.
pub const FORGET_DEVICE: Operation = Operation {
    name: "ForgetDevice",
    method: "forgetDevice",
    caller: Caller::User,
    effect: Effect::ForgetsDevice,
    retry: Retry::Throttled,
    input: &[DEVICE_KEY],
    output: &[],
};

/// The device, or else the one that the user is at.
const DEVICE_KEY: Field = Field::new("device", "DeviceKey", Kind::Device);

const DEVICE: &[Output] = &[
    Output::text("DeviceKey", "id").required(ResponseProblem::Devices),
    Output::attributes_as("DeviceAttributes", "attributes"),
    Output::number("DeviceCreateDate", "createDate"),
    Output::number("DeviceLastModifiedDate", "lastModifiedDate"),
    Output::number("DeviceLastAuthenticatedDate", "lastAuthenticatedDate"),
];
