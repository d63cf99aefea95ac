//! Counts allocations: see `bench_caller::count`.

#[global_allocator]
static ALLOCATOR: &bench_caller::Allocator = &bench_caller::ALLOCATOR;

fn main() -> Result<(), bench_caller::Problem> {
    bench_caller::count::<call_generated::Client>()
}
