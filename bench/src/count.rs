//! Instructions, counted by callgrind: the program runs itself once under it, and callgrind writes a file each time a
//! run of calls ends.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::measure::Row;

/// Long enough that the loop's own entry does not count, short under an emulator.
const BATCH: Duration = Duration::from_millis(10);
/// A pattern would not do: callgrind does not dump after one.
const COUNTED: &str = "chainrule_bench::measure::measured_calls";
/// How often each column is run: to translate it, to see how long it takes (twice), to count.
const RUNS: usize = 4;

/// Whether there is something to count with.
pub fn is_installed() -> bool {
    Command::new("valgrind")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Instructions of one call, for each column of each row.
pub fn count(arguments: &[String]) -> io::Result<Vec<Vec<f64>>> {
    let program = std::env::current_exe()?;
    let directory = program.with_extension("callgrind");
    if directory.exists() {
        std::fs::remove_dir_all(&directory)?;
    }
    std::fs::create_dir_all(&directory)?;
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(format!("--dump-after={COUNTED}"))
        .arg(format!("--callgrind-out-file={}/out", directory.display()))
        .arg(program)
        .args(arguments)
        .arg("--counted")
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut runs = 0;
    text.lines()
        .map(|line| {
            line.split_whitespace()
                .map(|calls| {
                    runs += RUNS;
                    let calls: f64 = calls.parse().map_err(io::Error::other)?;
                    Ok(total(&directory.join(format!("out.{runs}")))? / calls)
                })
                .collect()
        })
        .collect()
}

/// What runs under callgrind. Prints a line for each row: how often each column was called in its last run.
pub fn run_counted(rows: &mut [Row]) {
    for row in rows {
        for column in &mut row.columns {
            (column.calls)(2);
            // The faster of two: an interruption must not pass for a slow column.
            let elapsed = [(); 2].map(|()| {
                let start = Instant::now();
                (column.calls)(2);
                start.elapsed()
            });
            let calls = 2.0 * BATCH.as_secs_f64() / elapsed[0].min(elapsed[1]).as_secs_f64();
            let calls = (calls as u64).clamp(2, 1000);
            (column.calls)(calls);
            print!("{calls} ");
        }
        println!();
    }
}

fn total(path: &Path) -> io::Result<f64> {
    std::fs::read_to_string(path)?
        .lines()
        .find_map(|line| line.strip_prefix("totals:")?.trim().parse().ok())
        .ok_or_else(|| io::Error::other(format!("no total in {}", path.display())))
}
