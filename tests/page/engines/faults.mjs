// Faults of the page that are known, by journey. Such a journey has to fail; once it does not, its line here is struck off.

export const FAULTS = {};
