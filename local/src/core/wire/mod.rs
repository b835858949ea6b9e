//! What travels: HTTP, forms, HTML, dates, AWS's JSON protocol, shapes and errors.

pub(crate) mod cors;
pub(crate) mod date;
pub(crate) mod error;
pub(crate) mod form;
pub(crate) mod html;
pub(crate) mod http;
pub(crate) mod json_service;
pub(crate) mod local_name;
pub(crate) mod page;
pub(crate) mod pairs;
pub(crate) mod region;
pub(crate) mod shapes;
pub(crate) mod socket;
