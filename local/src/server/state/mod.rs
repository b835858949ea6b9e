//! The state in a file.
//!
//! The file grows by a line for each request that changed something: a checksum, and the rows that changed as JSON. A crash can only
//! break the last line. What is outdated is left out when the program starts and most of the file is outdated.

mod file;
mod line;

pub use file::StateFile;
