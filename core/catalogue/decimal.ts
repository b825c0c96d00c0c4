const decimalNumber = /^[+-]?\d{1,20}(\.\d{1,20})?$/;
const [plus, minus, point, zero] = [43, 45, 46, 48];
/** An integer of so many digits, and a power of ten of so many, are exact: their quotient is the nearest number. */
const exactDigits = 15;

/** The number that a text is in plain decimal notation, `-3.50`; NaN where it is none. */
export function decimalOf(text: string): number {
  return decimalNumber.test(text) ? Number(text) : Number.NaN;
}

/** The same of ASCII text in bytes, without making the text first: most of what a heat pump sends is numbers. */
export function decimalOfBytes(bytes: Uint8Array): number {
  const isSigned = bytes[0] === minus || bytes[0] === plus;
  let digits = 0;
  let integer = 0;
  let divisor = 0;
  for (let index = isSigned ? 1 : 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (byte === point && divisor === 0 && digits > 0) {
      divisor = 1;
      continue;
    }
    const digit = byte - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    integer = integer * 10 + digit;
    digits += 1;
    divisor *= 10;
    if (digits > exactDigits) return decimalOf(String.fromCharCode(...bytes.subarray(0, 64)));
  }
  if (digits === 0 || divisor === 1) return Number.NaN;
  const value = divisor === 0 ? integer : integer / divisor;
  return bytes[0] === minus ? -value : value;
}
