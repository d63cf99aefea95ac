//! Makes many calls: see `bench_caller::many`.

fn main() -> Result<(), bench_caller::Problem> {
    bench_caller::many::<call_barest::Client>()
}
