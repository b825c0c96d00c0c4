import theme from "vitepress/theme-without-fonts";
import "./style.css";

/** The fonts of the reader's system: nothing is fetched for them. */
export default theme;
