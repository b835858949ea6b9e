//! user_info
