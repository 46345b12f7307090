/** {{Name}}: a method for peft-bench. */
package {{package}};
