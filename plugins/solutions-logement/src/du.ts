import {
  arrondir,
  type Chiffre,
  enChiffre,
  type MontantExplique,
  plafondConventionne,
  plafonner,
  retenirDepenses,
  selonLObjectif,
  sommeRetenue,
} from '@sillage/dispositif-kit';
import { Fraction } from '@sillage/kernel';
import type { ContexteDuBilan } from './bilan.regles.js';
import { plan } from './champs.js';

/**
 * SOLLOG-PAY-02: what was used of the participation, at most what was spent and retained, at most what the convention grants. The young
 * people housed are shown against the objective, and by default reduce nothing (AMB-099, AMB-100).
 */
export function montantDu(contexte: ContexteDuBilan): MontantExplique {
  const { bilan, quantites, termes, montantConventionne, parametres } = contexte;
  return arrondir(
    selonLObjectif({
      libelle: 'Montant dû au titre de l’opération',
      base: plafonner(
        { libelle: 'Base du financement', regle: 'SOLLOG-PAY-02' },
        plafondConventionne(montantConventionne),
        enChiffre(bilan.montantUtilise, 'Montant utilisé de la participation', 'SOLLOG-IND-02'),
        depenses(contexte),
      ),
      realise: enJeunes(
        'Jeunes logés',
        (quantites['jeunesLoges'] ?? []).reduce((total, { nombre }) => total + nombre, 0),
      ),
      attendu: enJeunes('Jeunes à loger', termes.objectifJeunes),
      effet: parametres.effetDesObjectifs,
      regle: 'SOLLOG-PAY-02',
    }),
  );
}

function depenses({ champs, bilan, parametres }: ContexteDuBilan): Chiffre {
  const retenues = retenirDepenses({
    plan,
    prevues: champs.depensesPrevues,
    encourues: bilan.depensesEncourues,
    borne: parametres.borneDuPrevu,
    regle: 'SOLLOG-FIN-02',
  });
  return sommeRetenue(retenues, 'Dépenses retenues', ['PERSONNEL', 'FONCTIONNEMENT']);
}

function enJeunes(libelle: string, nombre: number): Chiffre {
  return {
    valeur: Fraction.de(BigInt(nombre)),
    explication: { libelle, resultat: `${nombre} jeunes`, regle: 'SOLLOG-IND-01' },
  };
}
