import { type ContexteActeur, peut } from '@sillage/access';
import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import { Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';

/** The dispositifs that are installed, as somebody may see them. Where each is on is another matter: see `activations`. */
@Injectable()
export class DispositifService {
  constructor(private readonly registre: RegistreDispositifs) {}

  /** In alphabetical order of their labels. */
  lister(contexte: ContexteActeur): Dispositif[] {
    const lisibles = this.registre.tous.filter(({ code }) => lisible(contexte, code));
    return lisibles.sort((a, b) => a.libelle.localeCompare(b.libelle, 'fr'));
  }

  /** @returns null when none has this code, or when it may not be read */
  trouver(contexte: ContexteActeur, code: string): Dispositif | null {
    const dispositif = this.registre.trouver(code);
    return dispositif !== undefined && lisible(contexte, code) ? dispositif : null;
  }

  /** @throws Refus DISPOSITIF_INCONNU at `path` */
  exiger(contexte: ContexteActeur, code: string, path: string[]): Dispositif {
    const dispositif = this.trouver(contexte, code);
    if (dispositif !== null) return dispositif;
    throw Refus.de('DISPOSITIF_INCONNU', `Aucun dispositif installé ne porte le code « ${code} ».`, {
      path,
      regle: 'TRANS-01',
    });
  }
}

function lisible(contexte: ContexteActeur, dispositif: string): boolean {
  return peut(contexte, 'lire', 'Dispositif', { dispositif });
}
