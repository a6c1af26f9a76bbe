import { type Parametre, type Parametres, periodeDe, type Surcharge, valeurDeclaree } from '@sillage/dispositif-kit';
import { ajouterMois, type DateCivile, dateCivile, dateEnFrancais, Refus, Temporal } from '@sillage/kernel';

/** A value that the new appel has for itself. */
export interface ValeurReprise {
  readonly cle: string;
  readonly du: DateCivile;
  readonly au: DateCivile | null;
  readonly valeur: unknown;
}

export interface AReprendre {
  readonly parametres: Parametres;
  /** What was decided for the earlier appel alone, and still holds. */
  readonly surcharges: readonly Pick<Surcharge, 'cle' | 'du' | 'au' | 'valeur'>[];
  /** First days of deposit. */
  readonly ouverture: { readonly ancienne: DateCivile; readonly nouvelle: DateCivile };
  readonly decalageMois: number;
  readonly aujourdhui: DateCivile;
  /** Values given for the new appel, by key, in the parameter's own form. */
  readonly changees: ReadonlyMap<string, unknown>;
}

/**
 * What must be decided for the new appel so that it stands as the earlier one did, so many months later, but for what changes (TRANS-02):
 * what was decided for the earlier one moves with it; a day that the text sets (an operation's first or last) moves too, unless the text
 * itself now says another; a declared value that holds no longer on the new opening is carried on. What held on the old opening holds from
 * the day of the copy: no dossier of the new appel is older. What ended before the old opening governed nothing, and is left behind.
 * @throws Refus PERIODE_INVALIDE when a value of so few days would have none left
 */
export function planifierReprise(demande: AReprendre): ValeurReprise[] {
  return Object.entries(demande.parametres).flatMap(([cle, parametre]) => {
    const debut = auPlusTot(demande.aujourdhui, demande.ouverture.nouvelle);
    if (demande.changees.has(cle)) return [{ cle, du: debut, au: null, valeur: demande.changees.get(cle) }];
    const decidees = reprendreDecidees(demande, cle, parametre, debut);
    const declaree = reprendreDeclaree(demande, cle, parametre);
    if (declaree === null || decidees.some(({ du }) => memeJour(du, debut))) return decidees;
    const [suivante] = decidees.map(({ du }) => du).sort((a, b) => Temporal.PlainDate.compare(a, b));
    return [{ ...declaree, du: debut, au: suivante?.subtract({ days: 1 }) ?? null }, ...decidees];
  });
}

function reprendreDecidees(
  { surcharges, ouverture, decalageMois }: AReprendre,
  cle: string,
  parametre: Parametre,
  debut: DateCivile,
): ValeurReprise[] {
  const siennes = surcharges.filter((s) => s.cle === cle && !(s.au && avant(s.au, ouverture.ancienne)));
  return siennes.map((s) => {
    const decale = ajouterMois(s.du, decalageMois);
    const du = avant(ouverture.ancienne, s.du) ? decale : auPlusTot(decale, debut);
    // The day after its last moves, not the last: two values that follow each other still do.
    const au = s.au && ajouterMois(s.au.add({ days: 1 }), decalageMois).subtract({ days: 1 });
    if (au && avant(au, du)) throw sansJour(parametre, s.du);
    return { cle, du, au, valeur: decaler(parametre, s.valeur, decalageMois) };
  });
}

/** What the text says is kept by the text, except for a day that it sets and for what it says no more. */
function reprendreDeclaree(
  { ouverture, decalageMois }: AReprendre,
  cle: string,
  parametre: Parametre,
): Omit<ValeurReprise, 'du' | 'au'> | null {
  const ancienne = valeurDeclaree(parametre, ouverture.ancienne);
  if (ancienne === undefined) return null;
  const nouvelle = valeurDeclaree(parametre, ouverture.nouvelle);
  const finie = ancienne.au !== undefined && !periodeDe(ancienne).contient(ouverture.nouvelle);
  const jourDuTexte = parametre.genre === 'date' && decalageMois > 0 && nouvelle?.valeur === ancienne.valeur;
  if (!jourDuTexte && !(nouvelle === undefined && finie)) return null;
  return { cle, valeur: decaler(parametre, ancienne.valeur, decalageMois) };
}

/** A day moves with the appel; the last of a month stays the last. */
function decaler(parametre: Parametre, valeur: unknown, mois: number): unknown {
  if (parametre.genre !== 'date' || mois === 0) return valeur;
  const jour = dateCivile(String(valeur));
  const decale = ajouterMois(jour, mois);
  return (jour.day === jour.daysInMonth ? decale.with({ day: decale.daysInMonth }) : decale).toString();
}

function avant(a: DateCivile, b: DateCivile): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}

function memeJour(a: DateCivile, b: DateCivile): boolean {
  return Temporal.PlainDate.compare(a, b) === 0;
}

function auPlusTot(a: DateCivile, b: DateCivile): DateCivile {
  return avant(a, b) ? a : b;
}

function sansJour({ options }: Parametre, du: DateCivile): Refus {
  const message = `« ${options.libelle} » n’a été fixé que le ${dateEnFrancais(du)}, et ce jour n’existe pas dans le nouvel appel : donnez sa valeur, ou un autre décalage.`;
  return Refus.de('PERIODE_INVALIDE', message, { path: ['input', 'decalageMois'], regle: options.regle });
}
