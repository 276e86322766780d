//! `nats server`: what one asks of the system account, which the simulated server has none of, and checks of its health.

pub mod check;
pub mod system;
