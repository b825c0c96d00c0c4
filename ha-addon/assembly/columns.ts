// What core/energy/passes/row-columns.ts calls Column and Columns, as they stand in the memory: the columns of a day are a table of
// addresses.

@unmanaged
export class PassColumn {
  @inline
  @operator("[]")
  get(row: i32): f64 {
    return load<f64>(changetype<usize>(this) + ((<usize>row) << 3));
  }

  @inline
  @operator("[]=")
  set(row: i32, value: f64): void {
    store<f64>(changetype<usize>(this) + ((<usize>row) << 3), value);
  }
}

@unmanaged
export class PassColumns {
  @inline
  @operator("[]")
  get(place: i32): PassColumn {
    return changetype<PassColumn>(<usize>load<u32>(changetype<usize>(this) + ((<usize>place) << 2)));
  }
}
