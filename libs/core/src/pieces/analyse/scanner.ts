/** What a scanner says of a file. */
export type Verdict = { readonly analyse: 'SAINE' } | { readonly analyse: 'INFECTEE'; readonly signature: string };

/** The scanner has said nothing that can be believed: nothing is concluded, it is asked again later. */
export class ScannerIndisponible extends Error {
  override readonly name = 'ScannerIndisponible';
}

/** Whoever looks for malware in a file. */
export interface Scanner {
  /** @throws ScannerIndisponible whatever goes wrong between it and us */
  analyser(octets: AsyncIterable<Buffer>): Promise<Verdict>;
}
