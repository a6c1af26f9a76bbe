import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ObservateurJobs } from './observateur.js';
import type { Profondeur } from './profondeurs.js';

/** Prometheus metrics of the jobs, in the given registry; give the result to `SillageJobsModule`. */
export function metriquesJobs(registre: Registry): ObservateurJobs {
  const registers = [registre];
  const issues = new Counter({
    name: 'sillage_jobs_total',
    help: 'Messages traités, par file, job et issue',
    labelNames: ['file', 'job', 'issue'],
    registers,
  });
  const publications = new Counter({
    name: 'sillage_jobs_publies_total',
    help: 'Jobs publiés dans une file ; republication : partis déjà, perdus peut-être',
    labelNames: ['file', 'republication'],
    registers,
  });
  const durees = new Histogram({
    name: 'sillage_jobs_duree_secondes',
    help: 'Durée de traitement d’un message',
    labelNames: ['file'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  });
  return {
    publie({ file, nombre, dontRepublies }) {
      publications.inc({ file, republication: 'non' }, nombre - dontRepublies);
      publications.inc({ file, republication: 'oui' }, dontRepublies);
    },
    traite({ file, nom, issue, dureeMs }) {
      issues.inc({ file, job: nom, issue });
      durees.observe({ file }, dureeMs / 1000);
    },
  };
}

/** The depth of the outbox, counted when the metrics are read. */
export function mesurerProfondeur(registre: Registry, compter: () => Promise<Profondeur[]>): void {
  new Gauge({
    name: 'sillage_jobs_profondeur',
    help: 'Jobs en attente, refusés ou abandonnés, par file',
    labelNames: ['file', 'etat'],
    registers: [registre],
    async collect() {
      const profondeurs = await compter();
      this.reset();
      for (const { file, etat, nombre } of profondeurs) this.set({ file, etat }, nombre);
    },
  });
}
