import { Global, Module } from '@nestjs/common';
import { TemoinDesLectures } from '@sillage/read';
import { JournalDesLectures } from './journal-des-lectures.js';
import { JournalService } from './journal.service.js';
import { VerificationNocturne } from './verification-nocturne.js';

/** Every capability writes in the journal; every reading of what names young people is kept there too. */
@Global()
@Module({
  providers: [JournalService, VerificationNocturne, { provide: TemoinDesLectures, useClass: JournalDesLectures }],
  exports: [JournalService, TemoinDesLectures],
})
export class JournalModule {}
