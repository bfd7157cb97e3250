//! Nothing is shared: the column is in the test.
