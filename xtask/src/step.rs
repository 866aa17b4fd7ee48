use std::{
    env,
    error::Error,
    process::{Command, ExitStatus, Stdio},
};

/// One call of cargo.
pub(crate) struct Step {
    pub(crate) name: String,
    arguments: Vec<String>,
    /// Environment variables set for this step alone.
    variables: Vec<(&'static str, &'static str)>,
}

impl Step {
    /// A step by name, with cargo's arguments as they would be typed.
    pub(crate) fn new(name: impl Into<String>, arguments: &str) -> Self {
        Self {
            name: name.into(),
            arguments: arguments.split_whitespace().map(str::to_owned).collect(),
            variables: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    pub(crate) fn set(mut self, variable: &'static str, value: &'static str) -> Self {
        self.variables.push((variable, value));
        self
    }

    /// What one would type to see the step again.
    pub(crate) fn command(&self) -> String {
        let variables = self.variables.iter();
        let set: String = variables
            .map(|(variable, value)| format!("{variable}=\"{value}\" "))
            .collect();
        format!("{set}cargo {}", self.arguments.join(" "))
    }

    /// Runs the step with its output in plain sight.
    pub(crate) fn run(&self) -> Result<(), Box<dyn Error>> {
        let status = self.cargo().status()?;
        self.passed(status)
    }

    /// Runs the step and takes what it prints.
    pub(crate) fn output(&self) -> Result<String, Box<dyn Error>> {
        let output = self.cargo().stderr(Stdio::inherit()).output()?;
        self.passed(output.status)?;
        Ok(String::from_utf8(output.stdout)?)
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(&self.arguments)
            .envs(self.variables.iter().copied())
            .stdin(Stdio::null());
        cargo
    }

    fn passed(&self, status: ExitStatus) -> Result<(), Box<dyn Error>> {
        if status.success() {
            Ok(())
        } else {
            let command = self.command();
            Err(format!("{} failed ({status}): {command}", self.name).into())
        }
    }
}
