import { createHash } from 'node:crypto';
import type { ContexteActeur } from '@sillage/access';
import { type Dispositif, lireValeurs } from '@sillage/dispositif-kit';
import { type Decision, type ErreurMetier, ErreurValeur, type Horloge, Refus, Siret, Temporal } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { HORLOGE } from '../api/index.js';
import { type AppelEntity, AppelService, deciderFenetre } from '../appels/index.js';
import { Structure } from '../structures/index.js';
import { type Territoire, TerritoireService } from '../territoires/index.js';
import type { FichierLu, LigneLue } from './fichier.js';
import { lireMoment } from './moment.js';

/** Why a row is refused, and which column says so. */
export interface Faute {
  readonly colonne: string | null;
  readonly code: ErreurMetier['code'];
  readonly message: string;
  readonly regle: string | null;
}

/** A row that can become a candidature, the dispositif's own rules apart. */
export interface Proposition {
  readonly structureId: string;
  readonly territoires: readonly Territoire[];
  readonly deposeeLe: Temporal.Instant;
  readonly valideeLe: Temporal.Instant | null;
  readonly champs: Readonly<Record<string, unknown>>;
  readonly empreinte: string;
}

/** What is refused has at least one fault, and no proposal. */
export interface LigneJugee {
  readonly ligne: number;
  readonly reference: string;
  readonly proposition: Proposition | null;
  readonly fautes: readonly Faute[];
}

export interface Destination {
  readonly appel: AppelEntity;
  readonly dispositif: Dispositif;
}

/** Judges the rows of a file one by one: each is told all its faults. Nothing is written. */
@Injectable()
export class LectureDesLignes {
  constructor(
    private readonly appels: AppelService,
    private readonly territoires: TerritoireService,
    private readonly activations: ActivationService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  async juger(
    em: EntityManager,
    contexte: ContexteActeur,
    fichier: FichierLu,
    destination: Destination,
  ): Promise<LigneJugee[]> {
    const lieux = await this.lireLieux(em, contexte, fichier.lignes, destination);
    const structures = await lireStructures(em, contexte.departementId, fichier.lignes);
    const premieres = new Map<string, number>();
    return fichier.lignes.map((lue) => {
      const { ligne, communes } = lue;
      const reference = communes.reference;
      const fautes: Faute[] = lue.illisibles.map(caractereDeControle);
      const dire = (chemin: readonly string[], code: Faute['code'], message: string, regle: string | null): void =>
        void fautes.push({ colonne: fichier.colonneDe(chemin), code, message, regle });
      if (reference === '') dire(['reference'], 'CHAMP_OBLIGATOIRE', 'La référence est à renseigner.', 'AMB-166');
      if (reference.length > 200)
        dire(['reference'], 'VALEUR_INVALIDE', 'La référence tient en 200 caractères.', 'AMB-166');
      const premiere = premieres.get(reference);
      if (premiere !== undefined && reference !== '') {
        dire(['reference'], 'DOUBLON', `La ligne ${premiere} porte la même référence.`, 'AMB-166');
      }
      premieres.set(reference, premiere ?? ligne);
      const structureId = juger(() => lireStructure(communes.siret, structures), ['siret'], 'TRANS-06', dire);
      const ici = juger(() => lieux.lire(communes.territoires), ['territoires'], 'TRANS-05', dire);
      const moments = this.jugerMoments(communes, destination, dire);
      jugerChamps(destination.dispositif, lue.champs, dire);
      const proposition =
        fautes.length > 0 || !structureId || !ici || !moments
          ? null
          : { structureId, territoires: ici, ...moments, champs: lue.champs, empreinte: empreinteDe(lue) };
      return { ligne, reference: reference.slice(0, 200), proposition, fautes };
    });
  }

  /** AMB-044: both timestamps are inside the window, whenever the file is read. */
  private jugerMoments(
    communes: LigneLue['communes'],
    { appel, dispositif }: Destination,
    dire: Dire,
  ): Pick<Proposition, 'deposeeLe' | 'valideeLe'> | null {
    const maintenant = this.horloge.maintenant();
    const lire = (cle: 'deposeeLe' | 'valideeLe'): Temporal.Instant | undefined =>
      juger(
        () => {
          if (communes[cle] === '') throw aRenseigner('Le jour et l’heure du dépôt sont', 'AMB-044');
          const moment = lireMoment(communes[cle]);
          if (Temporal.Instant.compare(moment, maintenant) > 0)
            throw new ErreurValeur('Ce moment n’est pas encore venu.');
          const { regleFenetre } = dispositif.candidature;
          const [motif] = deciderFenetre(appel, moment, regleFenetre).motifs;
          if (motif) throw Refus.de(motif.code, motif.message, { regle: motif.regle ?? 'AMB-044' });
          return moment;
        },
        [cle],
        'AMB-044',
        dire,
      );
    const deposeeLe = lire('deposeeLe');
    if (communes.valideeLe === '') return deposeeLe ? { deposeeLe, valideeLe: null } : null;
    const valideeLe = lire('valideeLe');
    if (!deposeeLe || !valideeLe) return null;
    if (Temporal.Instant.compare(valideeLe, deposeeLe) >= 0) return { deposeeLe, valideeLe };
    dire(['valideeLe'], 'PERIODE_INVALIDE', 'La validation précède le dépôt.', 'AMB-044');
    return null;
  }

  /** Every territory that the file names, read once. */
  private async lireLieux(
    em: EntityManager,
    contexte: ContexteActeur,
    lignes: readonly LigneLue[],
    { appel, dispositif }: Destination,
  ): Promise<{ lire(cellule: string): Territoire[] }> {
    const noms = new Set(lignes.flatMap(({ communes }) => decouper(communes.territoires)));
    const connus = new Map<string, Territoire>();
    for (const nom of noms) {
      const territoire = await this.territoires.trouver(em, contexte, nom);
      if (territoire !== null) connus.set(nom, territoire);
    }
    const ouverts = await this.appels.territoireIds(em, contexte.departementId, appel.id);
    const distincts = [...new Map([...connus.values()].map((t) => [t.id, t])).values()];
    const decisions = await this.activations.deciderTous(
      em,
      contexte.departementId,
      distincts.map(({ id }) => ({ dispositif: dispositif.code, territoireIds: [id], pour: 'COMMENCER' as const })),
    );
    const actifs = new Map(distincts.map(({ id }, rang) => [id, decisions[rang] as Decision]));
    return {
      lire: (cellule) => {
        const siens = new Map<string, Territoire>();
        for (const nom of decouper(cellule)) {
          const territoire = connus.get(nom);
          if (!territoire) {
            const message = `Aucun territoire ne s’appelle « ${nom.slice(0, NOM_MAX)} ».`;
            throw Refus.de('INTROUVABLE', message, { regle: 'TRANS-05' });
          }
          if (!ouverts.includes(territoire.id)) {
            const message = `L’appel ne couvre pas : ${territoire.libelle}.`;
            throw Refus.de('TERRITOIRE_HORS_APPEL', message, { regle: 'TRANS-05' });
          }
          const [motif] = actifs.get(territoire.id)?.motifs ?? [];
          if (motif) throw Refus.de(motif.code, motif.message, { regle: motif.regle ?? 'TRANS-01' });
          siens.set(territoire.id, territoire);
        }
        if (siens.size > 0) return [...siens.values()];
        throw Refus.de('CHAMP_OBLIGATOIRE', 'Indiquez au moins un territoire.', { regle: 'TRANS-05' });
      },
    };
  }
}

/** Of a name that is said again. */
const NOM_MAX = 100;

function caractereDeControle(colonne: string): Faute {
  const message = 'Cette cellule contient un caractère invisible, qu’aucun clavier n’écrit : videz-la et retapez-la.';
  return { colonne, code: 'VALEUR_INVALIDE', message, regle: 'AMB-166' };
}

type Dire = (chemin: readonly string[], code: Faute['code'], message: string, regle: string | null) => void;

/** What a cell gives, or nothing once its fault is said. */
function juger<T>(lire: () => T, chemin: readonly string[], regle: string, dire: Dire): T | undefined {
  try {
    return lire();
  } catch (erreur) {
    if (erreur instanceof ErreurValeur) dire(chemin, 'VALEUR_INVALIDE', erreur.message, regle);
    else if (erreur instanceof Refus) {
      for (const faute of erreur.erreurs) dire(chemin, faute.code, faute.message, faute.regle);
    } else throw erreur;
    return undefined;
  }
}

/** A deposited file is whole: every field is read as at a deposit. */
function jugerChamps({ candidature }: Dispositif, champs: LigneLue['champs'], dire: Dire): void {
  try {
    lireValeurs(candidature.champs, champs, []);
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    for (const { path, code, message, regle } of erreur.erreurs) dire(path, code, message, regle);
  }
}

async function lireStructures(
  em: EntityManager,
  departementId: string,
  lignes: readonly LigneLue[],
): Promise<ReadonlyMap<string, string>> {
  const sirets = [...new Set(lignes.map(({ communes }) => communes.siret.replace(/\s/g, '')))];
  const structures = await em.findBy(Structure, { departementId, siret: In(sirets) });
  return new Map(structures.map(({ siret, id }) => [siret as string, id]));
}

function lireStructure(cellule: string, connues: ReadonlyMap<string, string>): string {
  if (cellule === '') throw aRenseigner('Le SIRET est', 'TRANS-06');
  const id = connues.get(Siret.lire(cellule).valeur);
  if (id !== undefined) return id;
  const message = 'Aucune structure ne porte ce SIRET : un administrateur peut l’enregistrer.';
  throw Refus.de('INTROUVABLE', message, { regle: 'TRANS-06' });
}

function aRenseigner(quoi: string, regle: string): Refus {
  return Refus.de('CHAMP_OBLIGATOIRE', `${quoi} à renseigner.`, { regle });
}

function decouper(cellule: string): string[] {
  return cellule
    .split(/[|;,\n]/)
    .map((nom) => nom.trim())
    .filter((nom) => nom !== '');
}

/** Of what the row says, whatever the order of its columns. */
function empreinteDe({ communes, champs }: LigneLue): string {
  const dites = Object.entries(champs).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([communes, dites]))
    .digest('hex');
}
