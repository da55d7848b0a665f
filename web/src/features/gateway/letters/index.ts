export { LettersPage } from "./LettersPage";
