import {
  additionner,
  arrondir,
  type Chiffre,
  type ContexteConvention,
  enChiffre,
  eurosExacts,
  type MontantExplique,
  type ParametreResolu,
  type ParametresResolus,
  plafonner,
} from '@sillage/dispositif-kit';
import { type Decision, Fraction, type Montant, non, oui } from '@sillage/kernel';
import type { termesConvention } from './champs.js';
import type { parametres as declares } from './parametres.js';

type Parametres = ParametresResolus<typeof declares>;
type Convention = Omit<ContexteConvention<typeof termesConvention, typeof declares>, 'montant'>;

/** What so many measures may cost at most, over twelve months: 2 500 EUR a simple one, 5 000 EUR a reinforced one. */
export function coutDesMesures(simples: number, renforcees: number, parametres: Parametres): Chiffre {
  return additionner(
    {
      libelle: 'Mesures, au plafond pour douze mois',
      regle: 'ASGL-FIN-05',
      formule: 'mesures simples × plafond + mesures renforcées × plafond',
    },
    [
      coutDuNiveau('Mesures simples', simples, parametres.plafondSimple, 'ASGL-FIN-02'),
      coutDuNiveau('Mesures renforcées', renforcees, parametres.plafondRenforcee, 'ASGL-FIN-03'),
    ],
  );
}

/** ASGL-FIN-05: that cost stays within the envelope; 140 simple measures or 70 reinforced ones fill it. */
export function capaciteTenue(
  simples: number,
  renforcees: number,
  parametres: Parametres,
  chemin: readonly string[],
): Decision {
  const { valeur } = coutDesMesures(simples, renforcees, parametres);
  if (valeur.comparer(parametres.enveloppe.valeur.enFraction()) <= 0) return oui();
  return non({
    code: 'MONTANT_SUPERIEUR_AU_PLAFOND',
    message: `${simples} mesures simples et ${renforcees} renforcées coûteraient ${eurosExacts(valeur)}, au-delà de l’enveloppe : ${parametres.enveloppe.cite.valeur}.`,
    regle: 'ASGL-FIN-05',
    chemin: [...chemin],
  });
}

/** The most that a convention may grant: its measures at their caps, and never more than the envelope. */
export function plafondConvention({ termes, parametres }: Convention): MontantExplique {
  return arrondir(
    plafonner(
      { libelle: 'Plafond de la participation du Département', regle: 'ASGL-FIN-02' },
      coutDesMesures(termes.mesuresSimples, termes.mesuresRenforcees, parametres),
      enChiffre(parametres.enveloppe.valeur, 'Enveloppe de l’appel à projets', 'ASGL-FIN-01'),
    ),
  );
}

/** The same control as at the deposit, on what the convention commits to. */
export function capaciteDeLaConvention({ termes, parametres }: Convention): Decision {
  return capaciteTenue(termes.mesuresSimples, termes.mesuresRenforcees, parametres, ['input', 'termes']);
}

function coutDuNiveau(libelle: string, nombre: number, plafond: ParametreResolu<Montant>, regle: string): Chiffre {
  const valeur = plafond.valeur.enFraction().fois(Fraction.de(BigInt(nombre)));
  return {
    valeur,
    explication: {
      libelle,
      resultat: eurosExacts(valeur),
      formule: 'nombre de mesures × plafond pour douze mois',
      regle,
      entrees: [{ nom: 'Nombre de mesures', valeur: `${nombre}` }],
      parametres: [plafond.cite],
    },
  };
}
