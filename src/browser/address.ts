/** Origin and path, and of the query only the names. */
export function withoutValues(address: string): string {
  try {
    const url = new URL(address);
    const names = [...new Set(url.searchParams.keys())];
    return url.origin + url.pathname + (names.length > 0 ? `?${names.map((name) => `${name}=…`).join('&')}` : '');
  } catch {
    return address.slice(0, 200);
  }
}

/** Path of an address; the address itself when it has none. */
export function pathname(address: string): string {
  try {
    return new URL(address).pathname;
  } catch {
    return address;
  }
}

/** Host and port, for telling a person where an address leads. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host || address;
  } catch {
    return address;
  }
}
