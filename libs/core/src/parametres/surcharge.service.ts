import { type ContexteActeur, exigerDroit, peut } from '@sillage/access';
import type { Dispositif, Parametre, Portee } from '@sillage/dispositif-kit';
import { type DateCivile, dateEnFrancais, type Horloge, Periode, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/horloge.provider.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { introuvable } from '../api/index.js';
import { DispositifService } from '../dispositifs/index.js';
import { JournalService } from '../journal/index.js';
import { CiblesSurcharge } from './surcharge.cible.js';
import { SurchargeEntity } from './surcharge.entity.js';

export interface DemandeSurcharge {
  dispositif: string;
  cle: string;
  portee: Portee;
  /** Opaque id of an appel or a convention, or code of a territory. */
  porteeId: string;
  du: DateCivile;
  au: DateCivile | null;
  valeur: unknown;
  motif: string;
}

export interface ValeursDAppel {
  dispositif: Dispositif;
  appelId: string;
  motif: string;
  valeurs: readonly { cle: string; du: DateCivile; au: DateCivile | null; valeur: unknown }[];
}

/** Decides values that differ from the declared ones, for the administrator: each with its reason, never erased (TRANS-02). */
@Injectable()
export class SurchargeService {
  constructor(
    private readonly dispositifs: DispositifService,
    private readonly cibles: CiblesSurcharge,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * @returns the override's id
   * @throws Refus DISPOSITIF_INCONNU, PARAMETRE_INCONNU, VALEUR_INVALIDE, PERIODE_INVALIDE, INTROUVABLE, ACTION_INTERDITE
   */
  async surcharger(em: EntityManager, contexte: ContexteActeur, demande: DemandeSurcharge): Promise<string> {
    const dispositif = this.dispositifs.exiger(contexte, demande.dispositif, ['input', 'dispositif']);
    exigerDroit(contexte, 'parametrer', 'Parametre', { dispositif: dispositif.code }, ['input', 'dispositif']);
    const { cle, portee, du, au, valeur, motif } = demande;
    const parametre = exigerParametre(dispositif, cle, ['input', 'cle']);
    exigerValeur(parametre, valeur, ['input', 'valeur']);
    exigerPeriode(du, au);
    const cible = { dispositif: dispositif.code, portee, cible: demande.porteeId };
    const porteeId = await this.cibles.lire(em, contexte, cible, ['input', 'porteeId']);

    const { departementId } = contexte;
    const id = uuidv7();
    const surcharge = { departementId, dispositif: dispositif.code, cle, portee, porteeId };
    const ecrites = await insererSiLibre(em, SurchargeEntity, [
      {
        ...surcharge,
        id,
        du,
        au,
        valeur: valeur as never,
        motif,
        decidePar: contexte.acteur.utilisateurId,
        decideLe: this.horloge.maintenant(),
      },
    ]);
    if (ecrites.length === 0) {
      const existantes = await em.findBy(SurchargeEntity, { ...surcharge, annuleeLe: IsNull() });
      throw dejaFixee(parametre, existantes, Periode.de(du, au));
    }
    const dates = { du: du.toString(), au: au?.toString() ?? null };
    await this.journal.ecrire(em, contexte, {
      action: 'PARAMETRE_SURCHARGER',
      objetType: 'SurchargeParametre',
      objetId: id,
      regles: regles(parametre),
      details: { dispositif: dispositif.code, cle, portee, porteeId, ...dates, valeur },
    });
    return id;
  }

  /**
   * The values of an appel that has none yet, already checked and apart from each other; whoever asks has been judged. Each has its line
   * in the journal, as if it had been decided alone.
   */
  async fixerPourAppel(em: EntityManager, contexte: ContexteActeur, demande: ValeursDAppel): Promise<void> {
    const { dispositif, appelId, motif, valeurs } = demande;
    if (valeurs.length === 0) return;
    const { departementId, acteur } = contexte;
    const decideLe = this.horloge.maintenant();
    const surcharges = valeurs.map(({ cle, du, au, valeur }) => ({
      departementId,
      id: uuidv7(),
      dispositif: dispositif.code,
      cle,
      portee: 'APPEL' as const,
      porteeId: appelId,
      du,
      au,
      valeur: valeur as never,
      motif,
      decidePar: acteur.utilisateurId,
      decideLe,
    }));
    await em.insert(SurchargeEntity, surcharges);
    await this.journal.ecrireTous(
      em,
      contexte,
      surcharges.map(({ id, cle, portee, porteeId, du, au, valeur }) => ({
        action: 'PARAMETRE_SURCHARGER',
        objetType: 'SurchargeParametre',
        objetId: id,
        regles: regles(dispositif.parametres[cle] as Parametre),
        details: {
          dispositif: dispositif.code,
          cle,
          portee,
          porteeId,
          du: du.toString(),
          au: au?.toString() ?? null,
          valeur,
        },
      })),
    );
  }

  /** @returns its id @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE */
  async annuler(
    em: EntityManager,
    contexte: ContexteActeur,
    { id, motif }: { id: string; motif: string },
  ): Promise<string> {
    const path = ['input', 'id'];
    const cle = { departementId: contexte.departementId, id };
    const surcharge = await em.findOneBy(SurchargeEntity, cle);
    if (surcharge === null) throw introuvable(path);
    const objet = { dispositif: surcharge.dispositif };
    if (!peut(contexte, 'lire', 'Parametre', objet)) throw introuvable(path);
    exigerDroit(contexte, 'parametrer', 'Parametre', objet, path);
    const { affected } = await em.update(
      SurchargeEntity,
      { ...cle, annuleeLe: IsNull() },
      { annuleeLe: this.horloge.maintenant(), annuleePar: contexte.acteur.utilisateurId },
    );
    if (affected === 0) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Cette valeur est déjà annulée.', { path, regle: 'TRANS-02' });
    }
    await this.journal.ecrire(em, contexte, {
      action: 'PARAMETRE_SURCHARGE_ANNULER',
      objetType: 'SurchargeParametre',
      objetId: id,
      regles: ['TRANS-02'],
      details: { dispositif: surcharge.dispositif, cle: surcharge.cle, motif },
    });
    return id;
  }
}

/** @throws Refus PARAMETRE_INCONNU at `path` */
export function exigerParametre({ parametres }: Dispositif, cle: string, path: string[]): Parametre {
  const parametre = Object.hasOwn(parametres, cle) ? parametres[cle] : undefined;
  if (parametre !== undefined) return parametre;
  throw Refus.de('PARAMETRE_INCONNU', `Le dispositif ne déclare pas de paramètre « ${cle} ».`, {
    path,
    regle: 'TRANS-02',
  });
}

/**
 * The parameter itself says what it can read. A rate below 1 % is more often a half that somebody wrote 0.5: it needs its sign.
 * @throws Refus VALEUR_INVALIDE at `path`
 */
export function exigerValeur(parametre: Parametre, valeur: unknown, path: string[]): void {
  try {
    parametre.lire(valeur);
    if (parametre.genre === 'taux' && typeof valeur === 'string' && /^0\.0*[1-9]\d*$/.test(valeur))
      throw new Error(
        `un taux s’écrit en pour cent, 50 pour la moitié. Si vous voulez bien dire ${valeur} %, écrivez « ${valeur} % ».`,
      );
  } catch (erreur) {
    const message = `« ${parametre.options.libelle} » : ${(erreur as Error).message}`;
    throw Refus.de('VALEUR_INVALIDE', message, { path, regle: parametre.options.regle });
  }
}

function exigerPeriode(du: DateCivile, au: DateCivile | null): void {
  try {
    Periode.de(du, au);
  } catch (erreur) {
    throw Refus.de('PERIODE_INVALIDE', (erreur as Error).message, { path: ['input', 'au'], regle: 'TRANS-02' });
  }
}

function dejaFixee(parametre: Parametre, existantes: readonly SurchargeEntity[], demandee: Periode): Refus {
  const genantes = existantes.filter(({ du, au }) => Periode.de(du, au).chevauche(demandee));
  const valeurs = genantes.map(({ du, au, valeur }) => {
    const fin = au === null ? 'sans fin prévue' : `jusqu’au ${dateEnFrancais(au)}`;
    return `${parametre.afficher(parametre.lire(valeur))} à compter du ${dateEnFrancais(du)}, ${fin}`;
  });
  const message = `« ${parametre.options.libelle} » est déjà fixé ici : ${valeurs.join(' ; ')}. Annulez cette valeur d’abord.`;
  return Refus.de('PERIODE_INVALIDE', message, { path: ['input', 'du'], regle: 'TRANS-02' });
}

function regles({ options }: Parametre): string[] {
  return ['TRANS-02', options.regle, ...(options.interpretation === undefined ? [] : [options.interpretation])];
}
