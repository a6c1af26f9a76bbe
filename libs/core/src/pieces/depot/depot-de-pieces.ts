/** Bytes that can be read anywhere in them. */
export interface Octets {
  readonly taille: number;
  /** At most `longueur` bytes from there; fewer at the end only. */
  lire(position: number, longueur: number): Promise<Buffer>;
}

/** A file of the store: whose it is, and the uuid drawn for it. Nothing of it comes from a user. */
export interface NomDeFichier {
  readonly departementId: string;
  readonly id: string;
}

/** A file that is being written: nobody finds it before `publier` has ended. */
export interface Brouillon {
  ajouter(octets: Buffer): Promise<void>;
  /** What was written so far; to be asked for once all is. */
  relire(): Octets;
  /** From its end on the file is whole, and stays even if the machine stops. */
  publier(): Promise<void>;
  /** Leaves nothing behind. */
  abandonner(): Promise<void>;
}

export interface FichierOuvert extends Octets {
  fermer(): Promise<void>;
}

/** A file found by the sweep; `brouillon`, when it was never published. */
export interface FichierTrouve {
  readonly id: string;
  readonly brouillon: boolean;
  readonly ageMs: number;
}

/**
 * Where the bytes of pieces are kept: sealed already, so that the place knows nothing of them (ADR 0060). Whatever is asked of it, of a draft or
 * of a file may throw DepotIndisponible, where the place is another machine.
 */
export interface DepotDePieces {
  commencer(nom: NomDeFichier): Promise<Brouillon>;
  /** Null when there is none. */
  ouvrir(nom: NomDeFichier): Promise<FichierOuvert | null>;
  /** Published or not; nothing happens when there is none. */
  supprimer(nom: NomDeFichier): Promise<void>;
  lister(departementId: string): AsyncIterable<FichierTrouve>;
  /** @throws DepotIndisponible when the place cannot be used, and why */
  verifier(): Promise<void>;
}
