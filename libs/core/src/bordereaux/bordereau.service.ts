import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { aujourdhui, type ErreurMetier, type Horloge, jourDe, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, QueryFailedError } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, numeroter } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { DossiersConvention, verrouillerConventions } from '../conventions/dossiers-convention.js';
import { JournalService } from '../journal/index.js';
import { ChaineVersement } from '../versements/versement.chaine.js';
import { Versement } from '../versements/versement.entity.js';
import { Bordereau, BordereauRetour, type ResultatRetour } from './bordereau.entity.js';
import {
  ecrireFichier,
  exigerSansFaute,
  type LigneExportee,
  type LigneRetour,
  LIGNES_MAX,
  lireRetour,
} from './fichier.js';

/** A payment that waits for a bordereau, with what the finance software needs. */
type Exporte = Omit<LigneExportee, 'bordereau' | 'montant'> & { id: string; centimes: string };
type AExporter = Exporte & { convention_id: string };

/** A line of a bordereau with its payment, as an answer names them. */
interface LigneConnue {
  id: string;
  versement: string;
  versement_id: string;
  convention_id: string;
  centimes: string;
  appel_id: string;
  /** From the oldest; what was paid may have come back since (AMB-196). */
  reponses: readonly { readonly resultat: ResultatRetour; readonly date: string }[];
}

/** A line that brings something new, and what it answers. */
interface Nouvelle {
  readonly retour: LigneRetour;
  readonly ligne: LigneConnue;
}

const CHEMIN = ['input', 'contenu'];

/** Sends what is ordered to the finance software, and brings back what became of it. Runs in the caller's transaction. */
@Injectable()
export class BordereauService {
  constructor(
    private readonly chaine: ChaineVersement,
    private readonly dossiers: DossiersConvention,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Puts every payment that is ordered, and on no bordereau still unanswered, on a new one. */
  async emettre(em: EntityManager, contexte: ContexteActeur): Promise<string> {
    const { departementId, acteur } = contexte;
    exigerDroit(contexte, 'emettre', 'Bordereau', {});
    await verrouiller(em, departementId, ['input']);
    const versements = await this.#aEnvoyer(em, departementId);
    if (versements.length === 0) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Aucun versement ordonnancé n’attend d’être envoyé.', { regle: 'TRANS-12' });
    }
    const emisLe = this.horloge.maintenant();
    const id = uuidv7();
    const numero = await numeroter(em, departementId, 'BORD', jourDe(emisLe).year);
    const { contenu, empreinte } = ecrireFichier(
      versements.map(({ centimes, ...ligne }) => ({ ...ligne, bordereau: numero, montant: enEuros(centimes) })),
    );
    await em.insert(Bordereau, {
      departementId,
      id,
      numero,
      contenu,
      empreinte,
      emisLe,
      emisPar: acteur.utilisateurId,
    });
    await em.query(
      `insert into sillage.bordereau_ligne (departement_id, id, bordereau_id, versement_id, sens, montant_centimes)
       select v.departement_id, l.id, $2, v.id, v.sens, v.montant_centimes
         from unnest($3::uuid[], $4::uuid[]) l (id, versement_id)
         join sillage.versement v on v.departement_id = $1 and v.id = l.versement_id`,
      [departementId, id, versements.map(() => uuidv7()), versements.map((v) => v.id)],
    );
    await this.journal.ecrire(em, contexte, {
      action: 'bordereauEmettre',
      objetType: 'Bordereau',
      objetId: id,
      regles: ['TRANS-12'],
      details: { versements: versements.length, empreinte },
    });
    return id;
  }

  /**
   * Imports a return file, whole or not at all. A line that says what is already known changes nothing: importing twice is importing once.
   * @returns the uuid of the bordereau that the file answers
   * @throws Refus with one error a faulty line, at `input.contenu.<line>`; ETAT_INCOMPATIBLE while another import, or a sending, is at work
   */
  async importer(em: EntityManager, contexte: ContexteActeur, contenu: string): Promise<string> {
    const { departementId } = contexte;
    exigerDroit(contexte, 'emettre', 'Bordereau', {});
    const retours = lireRetour(contenu);
    await verrouiller(em, departementId, CHEMIN);
    const bordereau = await this.#bordereauDe(em, departementId, retours);
    const connues = await em.query<LigneConnue[]>(LIGNES, [departementId, bordereau.id]);
    const dates = { du: jourDe(bordereau.emisLe).toString(), au: aujourdhui(this.horloge).toString() };
    const nouvelles = rapprocher(retours, connues, dates);
    const conventionIds = nouvelles.map(({ ligne }) => ligne.convention_id);
    await verrouillerConventions(em, departementId, conventionIds);
    if (nouvelles.length > 0) {
      await this.#appliquer(em, contexte, nouvelles);
      await this.journal.ecrire(em, contexte, {
        action: 'bordereauRetourImporter',
        objetType: 'Bordereau',
        objetId: bordereau.id,
        regles: ['TRANS-12'],
        details: { lignes: nouvelles.length },
      });
    }
    return bordereau.id;
  }

  /** What is ordered and not yet sent, where its dispositif is not suspended: there it waits (AMB-177). */
  async #aEnvoyer(em: EntityManager, departementId: string): Promise<Exporte[]> {
    const ordonnes = await em.query<AExporter[]>(A_EXPORTER, [departementId]);
    const id = In(ordonnes.map(({ convention_id }) => convention_id));
    const dossierDe = await this.dossiers.lire(em, await em.findBy(Convention, { departementId, id }));
    const actifs = ordonnes.filter(({ convention_id }) => dossierDe(convention_id).continuer.issue === 'OUI');
    return actifs.slice(0, LIGNES_MAX).map(({ convention_id: _, ...ordonne }) => ordonne);
  }

  async #bordereauDe(em: EntityManager, departementId: string, retours: readonly LigneRetour[]): Promise<Bordereau> {
    const numeros = [...new Set(retours.map((retour) => retour.bordereau))];
    const [numero = ''] = numeros;
    const bordereau = numeros.length === 1 && (await em.findOneBy(Bordereau, { departementId, numero }));
    if (bordereau) return bordereau;
    const message =
      numeros.length > 1
        ? `Un fichier répond à un seul bordereau ; celui-ci en nomme ${numeros.length}.`
        : `Aucun bordereau ne porte le numéro « ${numero.slice(0, 40)} ».`;
    throw Refus.de('VALEUR_INVALIDE', message, {
      path: [...CHEMIN, String(retours[0]?.ligne ?? 2), 'bordereau'],
      regle: 'TRANS-12',
    });
  }

  /** What a line answers is kept, then moves its payment. */
  async #appliquer(em: EntityManager, contexte: ContexteActeur, nouvelles: readonly Nouvelle[]): Promise<void> {
    const { departementId, acteur } = contexte;
    const importeLe = this.horloge.maintenant();
    await em.insert(
      BordereauRetour,
      nouvelles.map(({ retour: { resultat, date, motif }, ligne: { id: ligneId } }) => {
        return { departementId, ligneId, resultat, date, motif, importeLe, importePar: acteur.utilisateurId };
      }),
    );
    const id = In(nouvelles.map(({ ligne }) => ligne.versement_id));
    const versements = new Map((await em.findBy(Versement, { departementId, id })).map((v) => [v.id, v]));
    for (const { retour, ligne } of nouvelles) {
      const estPaye = retour.resultat === 'PAYE';
      await this.chaine.franchir(em, contexte, {
        versement: versements.get(ligne.versement_id) as Versement,
        appelId: ligne.appel_id,
        etape: estPaye ? 'PAIEMENT' : 'REJET',
        vers: estPaye ? 'PAYE' : 'LIQUIDE',
        motif: retour.motif,
        chemin: [...CHEMIN, String(retour.ligne), 'resultat'],
      });
    }
  }
}

/** Longest wait for another import or sending: beyond, one that waits would keep a connection from everybody else. */
const ATTENTE = '3s';

/**
 * One at a time in a département, so that no payment is on two bordereaux.
 * @throws Refus ETAT_INCOMPATIBLE at `path` when another is at it for longer than {@link ATTENTE}
 */
async function verrouiller(em: EntityManager, departementId: string, path: readonly string[]): Promise<void> {
  await em.query(`select set_config('lock_timeout', $1, true)`, [ATTENTE]);
  try {
    await em.query(`select pg_advisory_xact_lock(hashtextextended('bordereau ' || $1, 0))`, [departementId]);
  } catch (erreur) {
    if (!(erreur instanceof QueryFailedError) || (erreur.driverError as { code?: string }).code !== VERROU_PRIS)
      throw erreur;
    const message = 'Un envoi ou un import est en cours dans ce département : recommencez dans un instant.';
    throw Refus.de('ETAT_INCOMPATIBLE', message, { path: [...path], regle: 'TRANS-12' });
  }
  await em.query(`select set_config('lock_timeout', '0', true)`);
}

/** PostgreSQL's lock_not_available. */
const VERROU_PRIS = '55P03';

function enEuros(centimes: string): string {
  const chiffres = centimes.padStart(3, '0');
  return `${chiffres.slice(0, -2)}.${chiffres.slice(-2)}`;
}

/** Lines that bring something new. @throws Refus when one contradicts what was sent, or what was already answered */
function rapprocher(
  retours: readonly LigneRetour[],
  connues: readonly LigneConnue[],
  dates: { readonly du: string; readonly au: string },
): Nouvelle[] {
  const erreurs: ErreurMetier[] = [];
  const vus = new Set<string>();
  const nouvelles = retours.flatMap((retour) => {
    const refuser = (colonne: string, message: string): never[] => {
      erreurs.push({
        code: 'VALEUR_INVALIDE',
        message,
        path: [...CHEMIN, String(retour.ligne), colonne],
        regle: 'TRANS-12',
      });
      return [];
    };
    const ligne = connues.find(({ versement }) => versement === retour.versement);
    if (!ligne) return refuser('versement', `« ${retour.versement.slice(0, 40)} » n’est pas sur ce bordereau.`);
    if (vus.has(ligne.id)) return refuser('versement', `${ligne.versement} est deux fois dans le fichier.`);
    vus.add(ligne.id);
    if (retour.montant.centimes !== BigInt(ligne.centimes)) {
      return refuser('montant', `${ligne.versement} a été envoyé pour ${enEuros(ligne.centimes)}.`);
    }
    if (retour.date.toString() > dates.au) return refuser('date', 'Cette date est à venir.');
    if (retour.date.toString() < dates.du) return refuser('date', 'Cette date précède le bordereau.');
    const date = retour.date.toString();
    const { reponses } = ligne;
    if (reponses.some((connue) => connue.resultat === retour.resultat && connue.date === date)) return [];
    const [derniere, ...autres] = reponses;
    if (!derniere || (autres.length === 0 && estRevenu(derniere, retour.resultat, date))) return [{ retour, ligne }];
    const dites = reponses.map((connue) => `${connue.resultat} le ${connue.date}`).join(', puis ');
    return refuser('resultat', `${ligne.versement} a déjà reçu une autre réponse : ${dites}.`);
  });
  exigerSansFaute(erreurs);
  return nouvelles;
}

/** A transfer that was made, then came back from the bank (AMB-196). */
function estRevenu(connue: LigneConnue['reponses'][number], resultat: ResultatRetour, date: string): boolean {
  return connue.resultat === 'PAYE' && resultat === 'REJETE' && date >= connue.date;
}

const A_EXPORTER = `
  select v.id, v.convention_id, v.numero as versement, c.numero as convention, v.dispositif, s.raison_sociale as structure,
         coalesce(s.siret, '') as siret, v.tranche, v.sens, v.montant_centimes as centimes
    from sillage.versement v
    join sillage.convention c on c.departement_id = v.departement_id and c.id = v.convention_id
    join sillage.structure s on s.departement_id = v.departement_id and s.id = v.structure_id
   where v.departement_id = $1 and v.etat = 'ORDONNE' and not exists (
     select from sillage.bordereau_ligne l
       left join sillage.bordereau_retour r on r.departement_id = l.departement_id and r.ligne_id = l.id
      where l.departement_id = v.departement_id and l.versement_id = v.id and r.ligne_id is null)
   order by v.numero
     for update of v`;

const LIGNES = `
  select l.id, v.numero as versement, l.versement_id, v.convention_id, l.montant_centimes as centimes, k.appel_id,
         (select coalesce(json_agg(json_build_object('resultat', r.resultat, 'date', r.date) order by r.importe_le, r.date, r.resultat), '[]')
            from sillage.bordereau_retour r
           where r.departement_id = l.departement_id and r.ligne_id = l.id) as reponses
    from sillage.bordereau_ligne l
    join sillage.versement v on v.departement_id = l.departement_id and v.id = l.versement_id
    join sillage.convention c on c.departement_id = v.departement_id and c.id = v.convention_id
    join sillage.candidature k on k.departement_id = c.departement_id and k.id = c.candidature_id
   where l.departement_id = $1 and l.bordereau_id = $2`;
